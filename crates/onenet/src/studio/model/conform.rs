//! Messages against the thing model.

use super::super::function::Function;
use super::super::identifier::Identifier;
use super::super::message::{Data, Moment, Named, Params, Reply, Request};
use super::super::path::Path;
use super::super::problem::{Fault, Problem};
use super::check::{check_object, check_value, missing};
use super::thing_model::{Access, Parameter, ThingModel};

impl ThingModel {
    /// Everything in a request that does not fit the thing model. Paths begin at the payload.
    ///
    /// Sub-devices have thing models of their own: what is about them is passed over.
    /// [`Request::check_limits`] has the rules that hold without a thing model.
    pub fn check(&self, request: &Request) -> Vec<Problem> {
        let mut judge = Judge { model: self, found: Vec::new() };
        let params = Path::root().member("params");
        match &request.params {
            Params::PropertyPost(points) => {
                for point in points {
                    judge.property(&point.identifier, &point.moment, &params);
                }
            }
            Params::PropertySet(values) => {
                for value in values {
                    judge.set(value, &params);
                }
            }
            Params::PropertyGet(names) | Params::DesiredGet(names) => {
                for (index, name) in names.iter().enumerate() {
                    judge.known(name, params.element(index));
                }
            }
            Params::DesiredDelete(versions) => {
                for version in versions {
                    judge.known(&version.identifier, params.member(version.identifier.as_str()));
                }
            }
            Params::EventPost(points) => {
                for point in points {
                    judge.event(&point.identifier, &point.moment, &params);
                }
            }
            Params::Service { identifier, input } => match self.service(identifier) {
                Some(service) => judge.parameters(&service.input, input, &params),
                // It stands in the topic: the payload has no better place.
                None => judge.wrong(Path::root(), Fault::UnknownIdentifier),
            },
            Params::PackPost(batches) => {
                for (index, batch) in batches.iter().enumerate().filter(|(_, batch)| batch.device.is_none()) {
                    let batch_path = params.element(index);
                    for point in &batch.properties {
                        judge.property(&point.identifier, &point.moment, &batch_path.member("properties"));
                    }
                    for point in &batch.events {
                        judge.event(&point.identifier, &point.moment, &batch_path.member("events"));
                    }
                }
            }
            Params::HistoryPost(batches) => {
                for (index, batch) in batches.iter().enumerate().filter(|(_, batch)| batch.device.is_none()) {
                    let batch_path = params.element(index);
                    for series in &batch.properties {
                        let list = batch_path.member("properties");
                        judge.property_series(&series.identifier, &series.moments, &list);
                    }
                    for series in &batch.events {
                        judge.event_series(&series.identifier, &series.moments, &batch_path.member("events"));
                    }
                }
            }
            Params::SubLogin(_)
            | Params::SubLogout(_)
            | Params::TopoAdd(..)
            | Params::TopoDelete(..)
            | Params::TopoGet
            | Params::TopoChange(_)
            | Params::SubPropertyGet { .. }
            | Params::SubPropertySet { .. }
            | Params::SubService { .. }
            | Params::OtaInform(_) => {}
        }
        judge.found
    }

    /// Everything in the reply to `function` that does not fit the thing model: values of properties that
    /// were read, desired values, output parameters of a service. Paths begin at the payload.
    pub fn check_reply(&self, function: &Function, reply: &Reply) -> Vec<Problem> {
        let mut judge = Judge { model: self, found: Vec::new() };
        let data = Path::root().member("data");
        match (&reply.data, function) {
            (Some(Data::Values(values)), Function::Service(identifier)) => match self.service(identifier) {
                Some(service) => judge.parameters(&service.output, values, &data),
                None => judge.wrong(Path::root(), Fault::UnknownIdentifier),
            },
            (Some(Data::Values(values)), Function::PropertyGet) => {
                for value in values {
                    judge.value(value, &data);
                }
            }
            (Some(Data::Desired(values)), _) => {
                for desired in values {
                    let path = data.member(desired.identifier.as_str());
                    match self.property(&desired.identifier) {
                        Some(property) => check_value(
                            &property.data_type,
                            &desired.value,
                            &path.member("value"),
                            &mut judge.found,
                        ),
                        None => judge.wrong(path, Fault::UnknownIdentifier),
                    }
                }
            }
            (
                Some(Data::Values(_) | Data::Devices(_) | Data::SubOutput { .. } | Data::Other(_)) | None,
                _,
            ) => {}
        }
        judge.found
    }
}

/// A thing model, and what it has found wrong so far. `list` is the path of the object that has the
/// identifier as a member.
struct Judge<'a> {
    model: &'a ThingModel,
    found: Vec<Problem>,
}

impl Judge<'_> {
    fn wrong(&mut self, path: Path, fault: Fault) {
        self.found.push(Problem::new(path, fault));
    }

    fn known(&mut self, identifier: &Identifier, path: Path) {
        if self.model.property(identifier).is_none() {
            self.wrong(path, Fault::UnknownIdentifier);
        }
    }

    fn property(&mut self, identifier: &Identifier, moment: &Moment, list: &Path) {
        let path = list.member(identifier.as_str());
        match self.model.property(identifier) {
            Some(property) => {
                check_value(&property.data_type, &moment.value, &path.member("value"), &mut self.found);
            }
            None => self.wrong(path, Fault::UnknownIdentifier),
        }
    }

    fn property_series(&mut self, identifier: &Identifier, moments: &[Moment], list: &Path) {
        let path = list.member(identifier.as_str());
        let Some(property) = self.model.property(identifier) else {
            return self.wrong(path, Fault::UnknownIdentifier);
        };
        for (index, moment) in moments.iter().enumerate() {
            let path = path.element(index).member("value");
            check_value(&property.data_type, &moment.value, &path, &mut self.found);
        }
    }

    fn event(&mut self, identifier: &Identifier, moment: &Moment, list: &Path) {
        let path = list.member(identifier.as_str());
        match self.model.event(identifier) {
            Some(event) => check_object(&event.output, &moment.value, &path.member("value"), &mut self.found),
            None => self.wrong(path, Fault::UnknownIdentifier),
        }
    }

    fn event_series(&mut self, identifier: &Identifier, moments: &[Moment], list: &Path) {
        let path = list.member(identifier.as_str());
        let Some(event) = self.model.event(identifier) else {
            return self.wrong(path, Fault::UnknownIdentifier);
        };
        for (index, moment) in moments.iter().enumerate() {
            let path = path.element(index).member("value");
            check_object(&event.output, &moment.value, &path, &mut self.found);
        }
    }

    fn set(&mut self, value: &Named, list: &Path) {
        let property = self.model.property(&value.identifier);
        if property.is_some_and(|property| property.access == Access::Read) {
            self.wrong(list.member(value.identifier.as_str()), Fault::ReadOnly);
        }
        self.value(value, list);
    }

    fn value(&mut self, value: &Named, list: &Path) {
        let path = list.member(value.identifier.as_str());
        match self.model.property(&value.identifier) {
            Some(property) => check_value(&property.data_type, &value.value, &path, &mut self.found),
            None => self.wrong(path, Fault::UnknownIdentifier),
        }
    }

    fn parameters(&mut self, parameters: &[Parameter], values: &[Named], list: &Path) {
        for value in values {
            let path = list.member(value.identifier.as_str());
            match parameters.iter().find(|parameter| parameter.identifier == value.identifier) {
                Some(parameter) => check_value(&parameter.data_type, &value.value, &path, &mut self.found),
                None => self.wrong(path, Fault::UnknownIdentifier),
            }
        }
        let is_there = |name: &str| values.iter().any(|value| value.identifier.as_str() == name);
        missing(parameters, is_there, list, &mut self.found);
    }
}
