//! What is typed into the fields that a thing model makes for whoever sets properties and calls services.

use std::rc::Rc;

use onenet::studio::{Access, Named, Origin, Parameter, Property, Service, ThingModel};

use super::form::{OrderField, Problems};
use crate::upload::{Draft, Entry, UploadProblem};

/// What is typed for each property and service of a thing model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByModel {
    /// The thing model.
    pub model: Rc<ThingModel>,
    /// What is typed for each property, in the order of the thing model.
    pub properties: Vec<Entry>,
    /// Which service is chosen, by its place in the thing model.
    pub service: usize,
    /// What is typed for each input parameter of each service.
    pub inputs: Vec<Vec<Draft>>,
}

impl ByModel {
    /// Values that fit. What the platform defines itself is not set until somebody says so.
    pub fn new(model: Rc<ThingModel>) -> Self {
        let entry = |property: &Property| Entry {
            on: property.origin != Origin::System,
            draft: Draft::new(&property.data_type),
        };
        Self {
            properties: model.properties.iter().map(entry).collect(),
            service: 0,
            inputs: model.services.iter().map(|service| Draft::of(&service.input)).collect(),
            model,
        }
    }

    /// The properties that the platform may set, each with its place and what is typed for it.
    pub fn settable(&self) -> impl Iterator<Item = (usize, &Property, &Entry)> {
        let entries = self.model.properties.iter().zip(&self.properties).enumerate();
        let entries = entries.map(|(index, (property, entry))| (index, property, entry));
        entries.filter(|(_, property, _)| property.access == Access::ReadWrite)
    }

    /// The service that is chosen, with what is typed for it; `None` where there are no services.
    pub fn chosen_service(&self) -> Option<(&Service, &[Draft])> {
        Some((self.model.services.get(self.service)?, self.inputs.get(self.service)?))
    }

    /// The values that are typed for the properties that are ticked.
    pub(super) fn values(&self) -> Result<Vec<Named>, Problems> {
        let wanted = self.settable().filter(|(_, _, entry)| entry.on);
        let values = wanted.map(|(index, property, entry)| {
            let value = entry
                .draft
                .value(&property.data_type)
                .map_err(|fault| vec![(OrderField::Property(index), UploadProblem::Fault(fault))])?;
            Ok(Named { identifier: property.identifier.clone(), value })
        });
        match values.collect::<Result<Vec<_>, Problems>>()? {
            values if values.is_empty() => Err(vec![(OrderField::Values, UploadProblem::Empty)]),
            values => Ok(values),
        }
    }

    /// The input that is typed for a service.
    pub(super) fn input(parameters: &[Parameter], drafts: &[Draft]) -> Result<Vec<Named>, Problems> {
        let values = parameters.iter().zip(drafts).enumerate().map(|(index, (parameter, draft))| {
            let value = draft
                .value(&parameter.data_type)
                .map_err(|fault| vec![(OrderField::Parameter(index), UploadProblem::Fault(fault))])?;
            Ok(Named { identifier: parameter.identifier.clone(), value })
        });
        values.collect()
    }
}
