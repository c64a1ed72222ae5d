//! Which message a topic of the studio carries.

use onenet::studio::{Function, Topic};

use super::super::{message, role};
use super::Role;
use super::role::Part;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::Node;
use crate::topic::field_of;

/// Walks over the payload of a PUBLISH to a topic of the studio; nothing where it is empty.
pub(crate) fn walk(topic: &Topic, cursor: Cursor<'_>) -> Option<Node> {
    match (topic, topic.function()) {
        (Topic::Request(function), Function::CustomUp | Function::CustomDown(_)) => {
            message::walk(field_of(function), role::Role::Any, cursor)
        }
        (Topic::Reply(_) | Topic::TopoResult, Function::CustomUp | Function::CustomDown(_)) => {
            message::walk(Field::Reply, role::Role::Any, cursor)
        }
        (Topic::Request(function), _) => {
            message::walk_json(field_of(function), Role::Request(params(function)).into(), cursor)
        }
        (Topic::Reply(function), _) => {
            message::walk_json(Field::Reply, Role::Reply(data(function)).into(), cursor)
        }
        (Topic::TopoResult, _) => {
            message::walk_json(Field::TopoResult, Role::Reply(Part::Anything).into(), cursor)
        }
    }
}

/// What is in the `params` of a request.
fn params(function: &Function) -> Part {
    match function {
        Function::PropertyPost => Part::Properties,
        Function::PropertySet => Part::Values,
        Function::PropertyGet | Function::DesiredGet => Part::Names,
        Function::DesiredDelete => Part::Desired,
        Function::EventPost => Part::Events,
        Function::Service(_) => Part::Parameters,
        Function::PackPost => Part::Batches { history: false },
        Function::HistoryPost => Part::Batches { history: true },
        Function::SubLogin | Function::SubLogout | Function::TopoAdd | Function::TopoDelete => Part::Device,
        Function::TopoChange => Part::Change,
        Function::SubPropertyGet => Part::SubNames,
        Function::SubPropertySet => Part::SubValues,
        Function::SubService => Part::SubService,
        Function::TopoGet | Function::OtaInform | Function::CustomUp | Function::CustomDown(_) => {
            Part::Anything
        }
    }
}

/// What is in the `data` of a reply.
fn data(function: &Function) -> Part {
    match function {
        Function::PropertyGet | Function::SubPropertyGet => Part::Values,
        Function::Service(_) => Part::Parameters,
        Function::DesiredGet => Part::Desired,
        Function::TopoGet => Part::Devices,
        Function::SubService => Part::SubService,
        Function::PropertyPost
        | Function::PropertySet
        | Function::DesiredDelete
        | Function::EventPost
        | Function::PackPost
        | Function::HistoryPost
        | Function::SubLogin
        | Function::SubLogout
        | Function::TopoAdd
        | Function::TopoDelete
        | Function::TopoChange
        | Function::SubPropertySet
        | Function::OtaInform
        | Function::CustomUp
        | Function::CustomDown(_) => Part::Anything,
    }
}
