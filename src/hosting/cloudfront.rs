//! A response headers policy, as `aws cloudfront create-response-headers-policy` takes it (CloudFront API 2020-05-31).

use serde_json::{Value as Json, json};

use super::Policy;

/// What CloudFront has a place of its own for is refused among the others.
pub fn text(policy: &Policy) -> String {
    let mut others = Vec::new();
    let mut security = json!({
        "StrictTransportSecurity": {
            "Override": true, "AccessControlMaxAgeSec": 63_072_000, "IncludeSubdomains": true
        }
    });
    for (name, value) in policy.headers() {
        match name {
            "Content-Security-Policy" => {
                security["ContentSecurityPolicy"] =
                    json!({ "Override": true, "ContentSecurityPolicy": value });
            }
            "X-Content-Type-Options" => security["ContentTypeOptions"] = json!({ "Override": true }),
            "Referrer-Policy" => {
                security["ReferrerPolicy"] = json!({ "Override": true, "ReferrerPolicy": value });
            }
            _ => others.push(json!({ "Header": name, "Value": value, "Override": true })),
        }
    }
    let whole: Json = json!({
        "Name": "memberdesk",
        "Comment": "Made by cargo xtask host --for cloudfront",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": others.len(), "Items": others }
    });
    format!("{whole:#}\n")
}
