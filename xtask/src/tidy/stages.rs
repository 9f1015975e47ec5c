//! The direction of codegen: a stage imports only stages to its left. It reads paths in the text, and resolves nothing.

use super::tree::{File, Finding};

/// The stages, from left to right.
const STAGES: [&str; 6] = ["spec", "model", "plan", "emit", "format", "write"];

/// What is no stage and may use those up to one: the comparison reads plans, and generates nothing.
const BESIDE: [(&str, &str); 1] = [("diff", "plan")];

/// What every stage may use.
const SHARED: &str = "diagnostic";

/// A stage uses its own modules, those of stages to its left, and the diagnostics.
pub(crate) fn imports_only_to_the_left(file: &File) -> Vec<Finding> {
    let Some((stage, position)) = stage_of(&file.path) else {
        return Vec::new();
    };
    let allowed = |module: &str| {
        module == SHARED
            || module == stage
            || STAGES
                .iter()
                .take(position + 1)
                .any(|stage| *stage == module)
    };
    let uses = used_modules(file)
        .into_iter()
        .filter(|(_, module)| !allowed(module));
    uses.map(|(line, module)| {
        let what = format!(
            "`{stage}` uses `crate::{module}`: a stage uses only stages to its left ({}) and `{SHARED}`",
            STAGES.join(" → ")
        );
        file.finding(line, what)
    })
    .collect()
}

/// The stage that a file of codegen belongs to, and its place in the row.
fn stage_of(path: &str) -> Option<(&str, usize)> {
    let inside = path.strip_prefix("codegen/src/")?;
    let module = inside.split('/').next()?;
    let module = module.strip_suffix(".rs").unwrap_or(module);
    let beside = BESIDE.iter().find(|(name, _)| *name == module);
    let last = beside.map_or(module, |(_, last)| last);
    let position = STAGES.iter().position(|stage| *stage == last)?;
    Some((module, position))
}

/// The top-level modules that a file uses: whatever it imports from the crate's root, and every stage it names in a path.
///
/// Other paths from the root are not imports of ours: they stand in code that the emit stage prints.
fn used_modules(file: &File) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    let code = file
        .lines()
        .filter(|(_, line)| !line.trim_start().starts_with("//"));
    for (number, line) in code {
        let import = line
            .trim_start()
            .trim_start_matches("pub ")
            .trim_start_matches("pub(crate) ");
        let imports = import.starts_with("use crate::");
        for rest in line.split("crate::").skip(1) {
            let names = first_names(rest);
            used.extend(
                names
                    .into_iter()
                    .filter(|name| imports || STAGES.contains(&name.as_str()))
                    .map(|name| (number, name)),
            );
        }
    }
    used
}

/// The first segment of a path, or of each path in a braced group.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut depth = 0_usize;
    let mut names = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ if depth == 0 => names
                .last_mut()
                .into_iter()
                .for_each(|name| name.push(letter)),
            _ => {}
        }
    }
    names
        .iter()
        .map(|text| name(text))
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::found;

    #[test]
    fn stages_look_only_to_the_left() {
        for (path, line, count) in [
            ("codegen/src/model.rs", "use crate::spec::Schema;", 0),
            ("codegen/src/model/shape.rs", "use crate::model::Shape;", 0),
            (
                "codegen/src/model.rs",
                "use crate::diagnostic::Diagnostics;",
                0,
            ),
            ("codegen/src/model.rs", "use crate::plan::Item;", 1),
            (
                "codegen/src/model/shape.rs",
                "    pub(crate) use crate::emit;",
                1,
            ),
            (
                "codegen/src/spec.rs",
                "use crate::{diagnostic::{At, Diagnostics}, model, write::apply};",
                2,
            ),
            ("codegen/src/plan.rs", "let x = crate::write::apply();", 1),
            ("codegen/src/plan.rs", "use crate::Settings;", 1),
            // Code that is printed, and prose.
            (
                "codegen/src/emit.rs",
                "quote!(crate::customer::Customer)",
                0,
            ),
            (
                "codegen/src/spec.rs",
                "//! Nothing of crate::plan is known here.",
                0,
            ),
            (
                "codegen/src/diff/walk.rs",
                "use crate::diff::change::How;",
                0,
            ),
            (
                "codegen/src/diff/locate.rs",
                "use crate::plan::item::Item;",
                0,
            ),
            ("codegen/src/diff/html.rs", "use crate::emit::docs;", 1),
            // Not a stage.
            ("codegen/src/lib.rs", "use crate::write::apply;", 0),
            ("codegen/src/diagnostic.rs", "use crate::write::apply;", 0),
            ("xtask/src/spec.rs", "use crate::plan::Item;", 0),
        ] {
            assert_eq!(
                found(imports_only_to_the_left, path, line).len(),
                count,
                "{path}: {line}"
            );
        }
    }
}
