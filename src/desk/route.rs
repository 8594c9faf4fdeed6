use crate::provider::server::is_slug;

/// Where on the page one is. It stands behind the `#`, so the page works on any static host, under any path.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Home,
    /// The page of one provider, and what a link to it says: the text of a [`Link`](super::link::Link), often empty.
    Provider(String, String),
    Settings,
    /// What is right and what is wrong on the ways to the providers.
    Doctor,
    /// An address that leads nowhere.
    Unknown,
}

impl Route {
    pub fn parse(hash: &str) -> Route {
        let place = hash.trim_start_matches('#').trim_start_matches('/');
        let (place, link) = place.split_once('?').unwrap_or((place, ""));
        match place.trim_end_matches('/') {
            "" => Route::Home,
            "settings" => Route::Settings,
            "doctor" => Route::Doctor,
            id if is_slug(id) => Route::Provider(id.to_string(), link.to_string()),
            _ => Route::Unknown,
        }
    }

    /// The page of a provider, from its beginning.
    pub fn provider(id: &str) -> Route {
        Route::Provider(id.to_string(), String::new())
    }

    pub fn hash(&self) -> String {
        match self {
            Route::Home | Route::Unknown => "#/".to_string(),
            Route::Provider(id, link) if link.is_empty() => ["#/", id].concat(),
            Route::Provider(id, link) => ["#/", id, "?", link].concat(),
            Route::Settings => "#/settings".to_string(),
            Route::Doctor => "#/doctor".to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn a_route_is_read_as_it_is_written() {
        let link = Route::Provider("some-one".to_string(), "server=live&memberId=a%2Fb".to_string());
        for route in [Route::Home, Route::Settings, Route::Doctor, Route::provider("some-one"), link] {
            assert_eq!(Route::parse(&route.hash()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#/a/"), Route::provider("a"));
        assert_eq!(Route::parse("#/a/b"), Route::Unknown);
        assert_eq!(Route::parse("#/<script>"), Route::Unknown);
    }
}
