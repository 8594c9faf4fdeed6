use crate::provider::server::is_slug;

/// Where on the page one is. It stands behind the `#`, so the page works on any static host, under any path.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Home,
    /// The page of one provider.
    Provider(String),
    Settings,
    /// An address that leads nowhere.
    Unknown,
}

impl Route {
    pub fn parse(hash: &str) -> Route {
        match hash.trim_start_matches('#').trim_matches('/') {
            "" => Route::Home,
            "settings" => Route::Settings,
            id if is_slug(id) => Route::Provider(id.to_string()),
            _ => Route::Unknown,
        }
    }

    pub fn hash(&self) -> String {
        match self {
            Route::Home | Route::Unknown => "#/".to_string(),
            Route::Provider(id) => ["#/", id].concat(),
            Route::Settings => "#/settings".to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn a_route_is_read_as_it_is_written() {
        for route in [Route::Home, Route::Settings, Route::Provider("some-one".to_string())] {
            assert_eq!(Route::parse(&route.hash()), route);
        }
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#/a/b"), Route::Unknown);
        assert_eq!(Route::parse("#/<script>"), Route::Unknown);
    }
}
