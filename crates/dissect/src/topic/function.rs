//! What a topic is for, as a field, and where an id and the word for a reply stand in it.

use onenet::{studio, suite};

use crate::field::Field;

/// What stands behind the names in a topic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Function {
    /// What it is for.
    pub(super) field: Field,
    /// Which of its levels is an id, counted from 0, and of what.
    pub(super) id: Option<(usize, Field)>,
    /// What its last word says where that is a reply.
    pub(super) reply: Option<Field>,
}

const fn plain(field: Field) -> Function {
    Function { field, id: None, reply: None }
}

const fn command(field: Field) -> Function {
    Function { id: Some((2, Field::CommandId)), ..plain(field) }
}

impl Function {
    const fn accepted(self) -> Self {
        Self { reply: Some(Field::Accepted), ..self }
    }

    const fn rejected(self) -> Self {
        Self { reply: Some(Field::Rejected), ..self }
    }

    /// Of a topic of the suite (reference §2.4).
    pub(super) fn of_suite(topic: &suite::Topic) -> Self {
        use suite::Topic;
        match topic {
            Topic::DataPoints => plain(Field::SuiteDataPoints),
            Topic::DataPointsAccepted => plain(Field::SuiteDataPoints).accepted(),
            Topic::DataPointsRejected => plain(Field::SuiteDataPoints).rejected(),
            Topic::CommandRequest(_) => command(Field::CommandRequest),
            Topic::CommandResponse(_) => command(Field::CommandResponse),
            Topic::CommandAccepted(_) => command(Field::CommandResponse).accepted(),
            Topic::CommandRejected(_) => command(Field::CommandResponse).rejected(),
            Topic::ImageUpdate => plain(Field::ImageUpdate),
            Topic::ImageUpdateAccepted => plain(Field::ImageUpdate).accepted(),
            Topic::ImageUpdateRejected => plain(Field::ImageUpdate).rejected(),
            Topic::ImageUpdateDelta | Topic::ImageDelta => plain(Field::ImageDelta),
            Topic::ImageGet => plain(Field::ImageGet),
            Topic::ImageGetAccepted => plain(Field::ImageGet).accepted(),
            Topic::ImageGetRejected => plain(Field::ImageGet).rejected(),
            Topic::Login => plain(Field::SubDeviceLogin),
            Topic::LoginAccepted => plain(Field::SubDeviceLogin).accepted(),
            Topic::LoginRejected => plain(Field::SubDeviceLogin).rejected(),
            Topic::Logout => plain(Field::SubDeviceLogout),
            Topic::LogoutAccepted => plain(Field::SubDeviceLogout).accepted(),
            Topic::LogoutRejected => plain(Field::SubDeviceLogout).rejected(),
            Topic::LogoutNotify => plain(Field::LogoutNotice),
            Topic::Thing(_) => plain(Field::ThingPassage),
        }
    }

    /// Of a topic of the studio (reference §3.2).
    pub(super) fn of_studio(topic: &studio::Topic) -> Self {
        let function = Self { field: field_of(topic.function()), id: id_of(topic.function()), reply: None };
        match topic {
            studio::Topic::Request(_) => function,
            studio::Topic::Reply(_) => Self { reply: Some(Field::Reply), ..function },
            studio::Topic::TopoResult => plain(Field::TopoResult),
        }
    }
}

/// What a function of the studio is.
pub(crate) fn field_of(function: &studio::Function) -> Field {
    use studio::Function;
    match function {
        Function::PropertyPost => Field::PropertyPost,
        Function::PropertySet => Field::PropertySet,
        Function::PropertyGet => Field::PropertyGet,
        Function::DesiredGet => Field::DesiredGet,
        Function::DesiredDelete => Field::DesiredDelete,
        Function::EventPost => Field::EventPost,
        Function::Service(_) => Field::ServiceInvoke,
        Function::PackPost => Field::PackPost,
        Function::HistoryPost => Field::HistoryPost,
        Function::SubLogin => Field::SubLogin,
        Function::SubLogout => Field::SubLogout,
        Function::TopoAdd => Field::TopoAdd,
        Function::TopoDelete => Field::TopoDelete,
        Function::TopoGet => Field::TopoGet,
        Function::TopoChange => Field::TopoChange,
        Function::SubPropertyGet => Field::SubPropertyGet,
        Function::SubPropertySet => Field::SubPropertySet,
        Function::SubService => Field::SubServiceInvoke,
        Function::OtaInform => Field::OtaInform,
        Function::CustomUp => Field::CustomUp,
        Function::CustomDown(_) => Field::CustomDown,
    }
}

fn id_of(function: &studio::Function) -> Option<(usize, Field)> {
    use studio::Function;
    match function {
        Function::Service(_) => Some((2, Field::ServiceIdentifier)),
        Function::CustomDown(_) => Some((2, Field::CommandId)),
        Function::PropertyPost
        | Function::PropertySet
        | Function::PropertyGet
        | Function::DesiredGet
        | Function::DesiredDelete
        | Function::EventPost
        | Function::PackPost
        | Function::HistoryPost
        | Function::SubLogin
        | Function::SubLogout
        | Function::TopoAdd
        | Function::TopoDelete
        | Function::TopoGet
        | Function::TopoChange
        | Function::SubPropertyGet
        | Function::SubPropertySet
        | Function::SubService
        | Function::OtaInform
        | Function::CustomUp => None,
    }
}
