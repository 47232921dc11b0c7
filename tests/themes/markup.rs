//! tmp
#[test]
fn dump() {
    let t = crate::sound(&[]);
    let dir = std::path::Path::new("/tmp/w/theme-out/ala-2025");
    std::fs::create_dir_all(dir).unwrap();
    for a in t.assets() {
        let p = dir.parent().unwrap().join(&a.output);
        std::fs::create_dir_all(p.parent().unwrap()).unwrap();
        std::fs::write(p, &a.bytes).unwrap();
    }
    let w = |n: &str, r: Result<String, Box<planpress::diagnostic::Diagnostic>>| match r {
        Ok(h) => std::fs::write(dir.join(n), h).unwrap(),
        Err(e) => panic!("{e:#?}"),
    };
    w(
        "index.html",
        t.render("plan.html", &crate::context::plan_page(&t, "en")),
    );
    w(
        "small.html",
        t.render("plan.html", &crate::context::smallest_page(&t)),
    );
    w(
        "de.html",
        t.render("plan.html", &crate::context::plan_page(&t, "de")),
    );
    w(
        "home.html",
        t.render("home.html", &crate::context::home_page(&t)),
    );
}
