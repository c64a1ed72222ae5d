//! Which message a topic of the suite carries.

use onenet::suite::Topic;

use super::super::{message, role};
use super::Role;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::Node;

/// Walks over the payload of a PUBLISH to a topic of the suite; nothing where it is empty.
pub(crate) fn walk(topic: &Topic, cursor: Cursor<'_>) -> Option<Node> {
    match topic {
        Topic::DataPoints => message::walk_json(Field::SuiteDataPoints, Role::DataPoints.into(), cursor),
        Topic::DataPointsAccepted => message::walk_json(Field::Accepted, Role::Answer.into(), cursor),
        Topic::DataPointsRejected
        | Topic::CommandRejected(_)
        | Topic::ImageUpdateRejected
        | Topic::ImageGetRejected => message::walk_json(Field::Rejected, Role::Answer.into(), cursor),
        Topic::ImageUpdate => message::walk_json(Field::ImageUpdate, Role::Image.into(), cursor),
        Topic::ImageUpdateDelta | Topic::ImageDelta => {
            message::walk_json(Field::ImageDelta, Role::Image.into(), cursor)
        }
        Topic::CommandRequest(_) => message::walk(Field::CommandRequest, role::Role::Any, cursor),
        Topic::CommandResponse(_) => message::walk(Field::CommandResponse, role::Role::Any, cursor),
        // Nothing should be there, or nobody says what.
        Topic::CommandAccepted(_) | Topic::LoginAccepted | Topic::LogoutAccepted => {
            message::walk(Field::Accepted, role::Role::Any, cursor)
        }
        Topic::ImageUpdateAccepted | Topic::ImageGetAccepted => {
            message::walk(Field::Accepted, Role::Image.into(), cursor)
        }
        Topic::LoginRejected | Topic::LogoutRejected => {
            message::walk(Field::Rejected, Role::Answer.into(), cursor)
        }
        Topic::ImageGet => message::walk(Field::ImageGet, role::Role::Any, cursor),
        Topic::Login => message::walk(Field::SubDeviceLogin, role::Role::Any, cursor),
        Topic::Logout => message::walk(Field::SubDeviceLogout, role::Role::Any, cursor),
        Topic::LogoutNotify => message::walk(Field::LogoutNotice, role::Role::Any, cursor),
        Topic::Thing(_) => message::walk(Field::ThingPassage, role::Role::Any, cursor),
    }
}
