//! What stands on top of each file: how to put it up in a few steps, and what it cannot do.

use super::{Listen, Program, Relay};

const NGINX: &str = "\
# The relay of Memberdesk for nginx 1.22 or newer, core modules only. Made by `cargo xtask relay`.
#
# How to use it:
#   1. `apt-get install nginx`. Put this file into /etc/nginx/conf.d/ and set server_name and the two certificate
#      lines below. On systems other than Debian and Ubuntu, set proxy_ssl_trusted_certificate too.
#   2. `nginx -t && systemctl reload nginx`. Reload again when a provider moves to other addresses:
#      nginx looks names up at start and at reload only.
#   3. In the page's config.json:
#        \"proxy\": { \"kind\": \"path-map\", \"base\": BASE }
#   4. Open HEALTH in a browser: it shows {\"relay\":1}.
#
# It lets through exactly the calls of the provider files. After a change to one, make this file again.
# A server whose address a provider file leaves to you is here only if a config.json names it: `--config FILE`.
# It logs no paths and no queries. What stands before it, as a load balancer does, has logs of its own.
# Beside the page on one host, no other site is involved and no browser asks for permission: prefer that
# (`--page /folder/of/the/page`). Origins that may use it are listed in the first map; add yours there.
# An origin is no proof of who asks: a program can send any. Where the tokens are kept here, people sign in (`--sign-in`).
";

const SIGN_IN: &str = "\
#
# The tokens are kept here, and people sign in:
#   5. Set up oauth2-proxy (or what answers as it does) at ADDRESS, with this host as its redirect address.
#   6. For each server below with a line `include SECRETS/…`, write that file as the comment above the line says:
#        install -d -m 700 SECRETS && install -m 600 /dev/stdin SECRETS/SERVER.conf
#   7. In the page's config.json, within \"proxy\", say that the token is at the relay, that the cookie of the sign-in
#      goes along, and what a change must carry:
#        \"token\": \"relay\", \"credentials\": \"include\", \"headers\": { \"X-Requested-With\": \"memberdesk\" }
#   8. Lead people to PAGE/oauth2/start?rd=/ to sign in.
# Whoever has not signed in gets 401 and reaches no server whose token is here; a visitor's own token is thrown away
# there. A change must carry X-Requested-With, which no form of another site can send. Who may sign in is said in the
# sign-in, not here.
# A secret that is a part of an address or of a body cannot be kept here: there it stays with the people.
";

const CADDY: &str = "\
# The relay of Memberdesk for Caddy 2.6.2 or newer, as it is packaged. Made by `cargo xtask relay --for caddy`.
#
# How to use it:
#   1. `apt-get install caddy`. Let HOST lead to this machine; ports 80 and 443 must be free. Caddy gets the
#      certificate by itself. For one of your own, write `tls CERTIFICATE KEY` into the block of the host.
#   2. Put this file at /etc/caddy/Caddyfile. If other sites are in it, this comes first: the first block is for all.
#   3. `caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy`.
#   4. In the page's config.json:
#        \"proxy\": { \"kind\": \"path-map\", \"base\": BASE }
#   5. Open HEALTH in a browser: it shows {\"relay\":1}.
#
# It lets through exactly the calls of the provider files. After a change to one, make this file again.
# A server whose address a provider file leaves to you is here only if a config.json names it: `--config FILE`.
# What it cannot do, and nginx can:
#   - It does not count: nobody gets 429 from it. Put something before it that does, or keep it among your own people.
#   - When somebody closes the tab, a request on its way to the provider is broken off.
#   - A request with a header that is too long, or that is no HTTP, is refused in words of Caddy's own, without
#     the relay's stamp.
#   - The characters ! ' ( ) * of a path go on as codes, which mean the same.
#   - Its log has no complaints: it would write the whole request beside each. A reason is seen by taking
#     http.log.error out of the first block, for as long as it takes.
# An origin is no proof of who asks: a program can send any. So no token is kept here; for that, use nginx.
";

const WORKER: &str = "\
// The relay of Memberdesk as a module Worker, as Cloudflare runs them. Made by `cargo xtask relay --for worker`.
//
// How to use it:
//   1. Put this file into a folder as worker.js, and beside it a wrangler.toml:
//        name = \"memberdesk-relay\"
//        main = \"worker.js\"
//        compatibility_date = \"2025-01-01\"
//        routes = [ROUTE]
//        [[ratelimits]]
//        name = \"RATE_LIMIT\"
//        namespace_id = \"1001\"
//        simple = { limit = LIMIT, period = 60 }
//   2. `npx wrangler deploy`.
//   3. In the page's config.json:
//        \"proxy\": { \"kind\": \"path-map\", \"base\": BASE }
//   4. Open HEALTH in a browser: it shows {\"relay\":1}.
//
// It lets through exactly the calls of the provider files. After a change to one, make this file again.
// A server whose address a provider file leaves to you is here only if a config.json names it: `--config FILE`.
// What it cannot do, and nginx can:
//   - It is never told how far a request came. So when no answer comes, it says that the provider may have it,
//     even if the provider was not reached: the page then looks instead of saying “Not sent”.
//   - It counts only with the binding RATE_LIMIT, by the minute and about, and not how many go in parallel.
//   - Dots in a path may be worked off before the Worker sees it. It judges what it sees, and that is what it asks.
//   - fetch adds headers of its own, as Accept-Encoding and Cloudflare's CF-Worker; none of the visitor's.
//   - When somebody closes the tab, a request on its way to the provider may be broken off.
// It logs nothing. Cloudflare has logs of its own, with addresses, if you turn them on: leave them off.
// An origin is no proof of who asks: a program can send any. So no token is kept here; for that, use nginx.
";

pub fn usage(relay: &Relay, program: Program) -> String {
    let authority = relay.listen.authority();
    let (scheme, host) = match &relay.listen {
        Listen::Tls { server_name, .. } => ("https", server_name),
        Listen::Plain(_) => ("http", &authority),
    };
    let base = format!("{scheme}://{authority}{}", relay.base);
    let page = relay.page.as_ref().map_or("/", |page| page.path.as_str());
    let written = match (&relay.page, relay.base.strip_prefix(page)) {
        (None, _) => base.trim_end_matches('/'),
        (Some(_), Some(below)) => below.trim_end_matches('/'),
        // The root of the host is one slash.
        (Some(_), None) => relay.base.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or("/"),
    };
    let text = match program {
        Program::Nginx => NGINX,
        Program::Caddy => CADDY,
        Program::Worker => WORKER,
    };
    let mut text = text.to_owned();
    if let (Program::Nginx, Some(sign_in)) = (program, &relay.sign_in) {
        text += &SIGN_IN.replace("ADDRESS", &sign_in.address).replace("SECRETS", &sign_in.secrets);
        let open = relay.upstreams.iter().filter(|upstream| !upstream.keeps_token);
        let open = open.map(|upstream| upstream.slug.as_str()).collect::<Vec<_>>().join(", ");
        if !open.is_empty() {
            text +=
                &format!("# Open to those too who have not signed in, with tokens of their own: {open}.\n");
        }
    }
    let route = match relay.page {
        Some(_) => format!("{{ pattern = \"{host}{}*\", zone_name = \"{host}\" }}", relay.base),
        None => format!("{{ pattern = \"{host}\", custom_domain = true }}"),
    };
    let limit = relay.limits.requests_per_second * 60;
    text.replace("PAGE", &format!("{scheme}://{authority}"))
        .replace("rd=/", &format!("rd={page}"))
        .replace("HEALTH", &format!("{base}healthz"))
        .replace("BASE", &format!("\"{written}\""))
        .replace("HOST", host)
        .replace("ROUTE", &route)
        .replace("limit = LIMIT", &format!("limit = {limit}"))
}
