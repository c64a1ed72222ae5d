//! From the fields that say who logs in to a login that can be sent.

use onenet::credentials::{CredentialsError, Field};
use onenet::token::{Name, Resource};
use onenet::{Credentials, Generation};

use crate::connect::form::{ConnectField, ConnectForm, ConnectProblem, Problems};
use crate::connect::login::{Login, Proof, Signing};
use crate::connect::token::TokenSource;

impl ConnectForm {
    /// How tokens are signed here; `None` where none are, or something is wrong with a part of it.
    pub fn signing(&self) -> Option<Signing> {
        self.sign().ok()
    }

    pub(super) fn login(&self) -> Result<Login, Problems> {
        let (client_id, username) = (self.device_id.clone(), self.product_id.clone());
        let (field, text) = match (self.generation, self.token.source) {
            (Generation::Legacy, _) => (ConnectField::AuthInfo, &self.auth_info),
            (Generation::Suite | Generation::Studio, TokenSource::Pasted) => {
                (ConnectField::Token, &self.token.token)
            }
            (Generation::Suite | Generation::Studio, TokenSource::Key) => {
                let signing = self.sign()?;
                // Signed once to see that it is short enough: all of them have the same length.
                let password = signing.claims(0).sign(&signing.key).write();
                self.check(ConnectField::Key, &password)?;
                return Ok(Login { client_id, username, proof: Proof::Signed(signing) });
            }
        };
        self.check(field, text)?;
        Ok(Login { client_id, username, proof: Proof::Text(text.clone()) })
    }

    fn sign(&self) -> Result<Signing, Problems> {
        // A simulated platform lets in whom it does not know.
        let key = match self.has_demo_key() && !self.destination.is_simulated() {
            true => Err(ConnectProblem::DemoKey),
            false => self.token.key().map_err(ConnectProblem::Key),
        };
        let (validity, ids) = (self.token.validity(), self.check(ConnectField::Key, "any"));
        let res = Resource::device(&self.product_id, &self.device_id);
        match (key, validity, ids, res) {
            (Ok(key), Some(validity), Ok(()), Ok(res)) => {
                let (version, method) = (self.token.version.clone(), self.token.method);
                Ok(Signing { key, version, res, method, validity })
            }
            (key, validity, ids, _) => {
                let mut problems = ids.err().unwrap_or_else(|| {
                    let names = [
                        (ConnectField::DeviceId, &self.device_id),
                        (ConnectField::ProductId, &self.product_id),
                    ];
                    let unnameable = names.into_iter().filter(|(_, name)| Name::parse(name).is_err());
                    unnameable.map(|(field, _)| (field, ConnectProblem::Unnameable)).collect()
                });
                if let Err(problem) = key {
                    problems.push((ConnectField::Key, problem));
                }
                if validity.is_none() {
                    problems.push((ConnectField::Expiry, ConnectProblem::Expiry));
                }
                Err(problems)
            }
        }
    }

    /// Whether the ids can be sent with this password, which stands in that field.
    fn check(&self, field: ConnectField, password: &str) -> Result<(), Problems> {
        // One at a time with stand-ins for the others, so that every wrong field is named at once.
        let checks = [
            Credentials::legacy(&self.device_id, "1", "1"),
            Credentials::legacy("1", &self.product_id, "1"),
            Credentials::legacy("1", "1", password),
        ];
        let named = |error: CredentialsError| {
            let field = match error.field {
                Field::DeviceId => ConnectField::DeviceId,
                Field::ProductId => ConnectField::ProductId,
                Field::AuthInfo => field,
            };
            (field, ConnectProblem::Credentials(self.generation, error))
        };
        let problems: Problems = checks.into_iter().filter_map(Result::err).map(named).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}
