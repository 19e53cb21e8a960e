//! Prints what is measured of each file that is named, a line of JSON each.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args_os().skip(1) {
        match smcard_evidence::measure(&path) {
            Ok(measured) => {
                let json = serde_json::to_string(&measured)?;
                writeln!(out, "{}\t{json}", path.display())?;
            }
            Err(error) => writeln!(out, "{}\t{error}", path.display())?,
        }
    }
    Ok(())
}
