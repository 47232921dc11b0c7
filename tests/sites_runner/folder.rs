//! Folders as lists of files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a folder by its path with `/`, sorted. A folder that is not there has none.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    if folder.exists() {
        gather(folder, folder, &mut found);
    }
    found
}

fn gather(top: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            gather(top, &path, found);
        } else {
            let below = path.strip_prefix(top).expect("it lies below the top");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            let bytes = fs::read(&path).expect("the file can be read");
            found.insert(parts.join("/"), bytes);
        }
    }
}

/// Writes the files into a folder, which is made where it is not there.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().expect("it lies in the folder"))
            .expect("the folder can be made");
        fs::write(place, bytes).expect("the file can be written");
    }
}
