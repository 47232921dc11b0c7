//! Pages put together at random, each rendered as it is written and as [`expand`] makes it.

use proptest::prelude::*;
use proptest::sample::select;

use super::tests::{made, rendered};
use super::*;

/// What stands behind a component's name where it is defined, and what it must be called with.
const HEADS: &[(&str, &[&str])] = &[
    ("()", &[]),
    ("(of)", &["of"]),
    ("(of, by=\"y\")", &["of"]),
    ("(of=1)", &[]),
    ("(of, plan)", &["of", "plan"]),
    ("(of, x)", &["of", "x"]),
    ("(of: map)", &["of"]),
    ("(zz)", &["zz"]),
    ("(@plan)", &[]),
    ("(@ plan)", &[]),
    ("(of, @plan)", &["of"]),
    ("(of, @zz)", &["of"]),
    ("(@zz)", &[]),
    ("(@of)", &[]),
    ("(of, ...rest)", &["of"]),
];

/// What arguments are given.
const VALUES: &[&str] = &[
    "={plan}",
    "={plan}",
    "={plan}",
    "={plan}",
    "={plan}",
    "={plan}",
    "={of}",
    "={plan.inner}",
    "={p}",
    "={x}",
    "={zz}",
    "={of.name}",
    "={plan.nothing}",
    "={plan.nothing.there}",
    "={loop.index}",
    "={2}",
    "=\"<\"",
    "",
];

/// What calls have besides.
const MORE: &[&str] = &["by=\"x\"", "by={of.name}", "of={3}", "plan={of}", "{...of}"];

/// What a plain component may hold, and a page that knows `of`.
const PLAIN: &[&str] = &[
    " a\n",
    "<&",
    "{#- of -#}",
    "{{ of.name }}",
    "{{- of.name ~ \"x\" -}}",
    "{{ \"a\" if of else \"b\" }}",
    "{% if of %}a{% else %}b{% endif %}",
    "{% for p in plan.parts %}{{ p }}{% endfor %}",
    "{% for p in of.inner %}{{ p.name }}{{ loop.index }}{% else %}none{% endfor %}",
    "{% set x = of %}{{ x.name }}",
    "{% if of.lang %}{% set x = 1 %}{% endif %}{% if x %}a{% endif %}",
];

/// What stands by itself.
const PIECES: &[&str] = &[
    " a\n",
    "<&",
    "{#- of -#}",
    "{{ of }}",
    "{{ of.name }}",
    "{{- of.parts | length -}}",
    "{{ plan.name }}",
    "{{ plan }}",
    "{{ zz }}",
    "{{ p }}",
    "{{ p.name }}",
    "{{ x }}",
    "{{ rest }}",
    "{{ loop.index }}",
    "{{ x is defined }}",
    "{{ of is not defined }}",
    "{{ \"a\" if true else of }}",
    "{{ of if\nfalse else \"b\" }}",
    "{{ false and of }}",
    "{{ true or(of) }}",
    "{{ \"x\" ~ of.name ~ x }}",
    "{{ of.name | replace(from=\"A\", to=x) }}",
    "{{ [x for x in plan.parts] }}",
    "{{ __tera_context | length }}",
    "{% set x = of %}",
    "{% set x = plan.name %}",
    "{% set x = x %}",
    "{% set zz = 1 %}",
    "{% set zz = plan.nothing %}",
    "{% set of = plan %}",
    "{% set plan = plan.nothing %}",
    "{% set_global zz = 1 %}",
    "{% set_global of = plan.inner[0] %}",
];

/// What stands around something.
const AROUND: &[[&str; 2]] = &[
    ["{% if of %}", "{% endif %}"],
    ["{% if of %}", "{% endif %}"],
    ["{% for p in of.inner %}", "{% endfor %}"],
    ["{% for p in of.inner %}", "{% endfor %}"],
    ["{% if zz %}", "{% endif %}"],
    ["{% if not x %}", "{% else %}-{% endif %}"],
    ["{% if false %}", "{% endif %}"],
    ["{% if true %}a{% else %}", "{% endif %}"],
    ["{% if zz is defined %}", "{% elif of %}b{% endif %}"],
    ["{% for p in plan.parts %}", "{% endfor %}"],
    ["{% for p in plan.inner %}", "{% endfor %}"],
    ["{% for p in of.inner -%}", "{% else %}none{% endfor %}"],
    ["{% for x in plan.parts %}", "{{ x }}{% endfor %}"],
    ["{% for plan in plan.inner %}", "{% endfor %}"],
    ["{% for zz in [plan.nothing] %}", "{% endfor %}"],
    ["{% set x %}", "{% endset %}{{ x }}"],
    ["{% set zz %}", "{% endset %}"],
    ["{% filter upper %}", "{% endfilter %}"],
];

type Head = (&'static str, &'static [&'static str]);

/// A call of a component.
fn call(name: &'static str, (_, needs): Head) -> impl Strategy<Value = String> {
    let values = prop::collection::vec(select(VALUES), needs.len());
    let more = prop_oneof![9 => Just(""), 1 => select(MORE)];
    (values, more).prop_map(move |(values, more)| {
        let arguments = needs.iter().zip(values);
        let arguments = arguments.map(|(argument, value)| format!("{argument}{value} "));
        format!(
            "{{{{ <{name} {}{more} /> }}}}",
            arguments.collect::<String>()
        )
    })
}

/// Something of a component or a page.
fn body(c: Head, d: Head) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(PLAIN).prop_map(str::to_owned),
        1 => select(PIECES).prop_map(str::to_owned),
        1 => call("c", c),
        2 => call("d", d),
    ];
    let pieces = prop::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat());
    pieces.prop_recursive(2, 6, 2, |inner| {
        let around = (select(AROUND), inner.clone(), inner);
        around.prop_map(|([opening, closing], inside, behind)| {
            format!("{opening}{inside}{closing}{behind}")
        })
    })
}

/// What stands before and behind the body of a page.
const FRAMES: &[[&str; 2]] = &[
    ["", ""],
    ["{% set of = plan %}", ""],
    ["{% set of = plan.inner[0] %}{% set x = 1 %}", ""],
    ["{% set of = plan %}{% include \"i\" %}", ""],
    [
        "{% set of = plan %}{% include \"i\" %}",
        "{% include \"i\" %}",
    ],
    [
        "{% extends \"base\" %}{% block b %}{% set of = plan %}",
        "{% endblock %}",
    ],
    [
        "{% extends \"base\" %}{% block b %}{% set of = plan %}{{ super() }}",
        "{{ super() }}{% endblock %}",
    ],
];

/// Templates of which `p` makes the page.
fn templates() -> impl Strategy<Value = Vec<Named>> {
    let heads = (select(HEADS), select(HEADS));
    let parts = heads.prop_flat_map(|(c, d)| {
        let bodies = [(); 4].map(|()| body(c, d));
        (Just((c.0, d.0)), bodies, call("c", c), select(FRAMES))
    });
    parts.prop_map(|(heads, [c, d, page, other], call, [opening, closing])| {
        let components = format!(
            "{{% component c{} %}}{c}{{% endcomponent %}}{{% component d{} %}}{d}{{% endcomponent %}}",
            heads.0, heads.1
        );
        let base = format!("[{{% block b %}}{other}{{% endblock %}}]{{% set zz = 1 %}}");
        [
            ("base", base),
            ("i", other),
            ("components", components),
            ("p", format!("{opening}{page}{call}{closing}")),
        ]
        .map(|(name, text)| (name.to_owned(), text))
        .to_vec()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_out_is_what_comes_out_of_the_templates_as_they_are(templates in templates()) {
        if let Some(after) = made(&templates)
            && let Ok(page) = rendered(&after)
        {
            let n = |t: &[Named]| t.iter().filter(|t| t.0=="p"||t.0=="base"||t.0=="i").map(|t| t.1.matches("{{ <").count()).sum::<usize>(); let had: usize = n(&templates.iter().filter(|t| after.iter().any(|a| a.0 == t.0)).cloned().collect::<Vec<_>>()); eprintln!("HIT {} {}", had > n(&after), page.len()); prop_assert_eq!(rendered(&templates), Ok(page), "{:?}", after);
        }
    }
}
