//! Exit code and nothing else.

fn main() -> std::process::ExitCode {
    hegao::cli::run()
}
