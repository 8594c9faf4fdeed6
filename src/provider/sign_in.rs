use super::call::Call;
use super::field::pointer;
use super::pointer::Pointer;
use super::reader::Place;

/// A way to a credential, in the words of OpenAPI's security schemes.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// What the secret is called in requests; it is shown as `$` and this name.
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub scheme: Scheme,
    /// A harmless read that tells whether the credential works, and whose it is.
    pub test: Option<Test>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scheme {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// The secret alone in a header of this name.
    ApiKey { header: String },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub call: Call,
    pub owner: Option<Pointer>,
}

impl SignIn {
    pub fn read(place: &Place) -> Option<SignIn> {
        let object = place.object()?;
        let kind = object.need("type")?;
        let scheme = match kind.text()?.as_str() {
            "http" => {
                let scheme = object.need("scheme")?;
                scheme.parsed("bearer", |text| (text == "bearer").then_some(Scheme::Bearer))
            }
            "apiKey" => {
                let header = object.need_text("name");
                match object.need("in")?.text()?.as_str() {
                    "header" => Some(Scheme::ApiKey { header }),
                    _ => kind.wrong("an apiKey in: header"),
                }
            }
            _ => kind.wrong("http or apiKey"),
        };
        let test = object.get("test").and_then(|place| {
            let test = place.object()?;
            let call = test.need("call").and_then(|place| Call::read(&place));
            let owner = test.get("owner").and_then(|place| pointer(&place));
            test.done();
            Some(Test { call: call?, owner })
        });
        let sign_in = SignIn {
            id: object.need_text("id"),
            label: object.need_text("label"),
            hint: object.text("hint"),
            scheme: scheme?,
            test,
        };
        object.done();
        Some(sign_in)
    }
}
