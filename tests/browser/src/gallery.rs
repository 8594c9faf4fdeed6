//! The gallery of components, served as the page is: by nginx, with the page's own policy.

use std::{env, fs, path::PathBuf};

use xtask::{
    nginx::{Nginx, serve_page},
    process::root,
};

use crate::browser::new_folder;

/// It stops when this is dropped.
pub struct Gallery {
    address: String,
    folder: PathBuf,
    _nginx: Nginx,
}

impl Gallery {
    #[track_caller]
    pub fn start() -> Gallery {
        let built = env::var_os("MEMBERDESK_GALLERY").expect(
            "MEMBERDESK_GALLERY must name the folder that the gallery was built into; `cargo xtask test` builds it and sets it",
        );
        let folder = new_folder("gallery");
        let (nginx, address) = serve_page(root().join(built), "/", &folder)
            .expect("nginx starts; `cargo xtask test` installs it");
        Gallery { address, folder, _nginx: nginx }
    }

    pub fn address(&self) -> String {
        self.address.clone()
    }
}

impl Drop for Gallery {
    fn drop(&mut self) {
        // What is left lies in Cargo's own folder.
        _ = fs::remove_dir_all(&self.folder);
    }
}
