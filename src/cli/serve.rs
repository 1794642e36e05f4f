//! `enregard serve`: the editor and dashboard in the browser.

use clap::Args;

#[cfg(feature = "web")]
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::{Failure, Outcome, Terminal};

/// Enter, align and review in the browser: opens the corpus as a page of this computer.
///
/// Nobody but this computer can reach it, and it asks nothing of any other. All that is typed is on disk within two
/// seconds, and `enregard undo` takes it back as it does what commands did. Ctrl-C ends it.
///
/// Examples: `enregard serve`, or, for a tablet in the same network, `enregard serve --listen 0.0.0.0 --token 8f3c5a90b1d24e67`
#[derive(Args)]
pub(super) struct Serve {
    /// The port; 0 takes any that is free [default: 7474, or one of the next that is free]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Listen on another address than this computer's own; needs --token
    #[arg(long, value_name = "ADDRESS", requires = "token")]
    listen: Option<std::net::IpAddr>,
    /// What a browser must know to see anything: 16 or more letters, digits, - or _
    #[arg(long, value_name = "TOKEN", env = "ENREGARD_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// A name that this computer is called by, where it listens for others; repeatable
    #[arg(long, value_name = "HOST", requires = "listen")]
    name: Vec<String>,
}

#[cfg(not(feature = "web"))]
impl Serve {
    pub(super) fn run(self, _: &mut Terminal) -> Result<Outcome, Failure> {
        let _ = (self.port, self.no_open, self.listen, self.token, self.name);
        Err(Failure::new("cannot serve: the editor was not built into this program")
            .hint("build it with `cargo build --release --features web`"))
    }
}

#[cfg(feature = "web")]
impl Serve {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        use std::io::Write;

        use crate::web::{Access, Site, bind, router};

        use super::corpus::open_corpus;

        let corpus = open_corpus(terminal)?;
        let fit = |token: &String| {
            token.len() >= 16
                && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        if self.token.as_ref().is_some_and(|token| !fit(token)) {
            return Err(Failure::new(
                "cannot serve: --token is too short, or has other characters than letters, digits, - and _",
            )
            .hint("make one with `openssl rand -hex 16`"));
        }
        let address = self.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let ports = match self.port {
            Some(port) => vec![port],
            None => (7474..7484).chain([0]).collect(),
        };
        let addresses: Vec<SocketAddr> = ports.into_iter().map(|port| (address, port).into()).collect();
        let told = |error| Failure::because("cannot serve the corpus", error);
        let bound = bind(&addresses).map_err(|error| {
            told(error).hint("another program may have the port: give another with `--port`")
        })?;
        let port = bound.address.port();
        let access =
            Access { port, open: !address.is_loopback(), names: self.name, token: self.token.clone() };
        let shown = match address {
            address if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            address => address,
        };
        let page = format!("http://{}/", SocketAddr::new(shown, port));
        let entered = match &self.token {
            None => page.clone(),
            Some(token) => format!("{page}?token={token}"),
        };
        writeln!(terminal.out, "{entered}")?;
        terminal.out.flush()?;
        if !address.is_loopback() {
            terminal.tell(format!("warning: every computer that reaches {address} and has the token can read and change the corpus"));
        }
        terminal.tell(format!("{} is open at {page}; Ctrl-C ends it", corpus.root().display()));
        if !self.no_open && !open_browser(&entered) {
            terminal.tell("no browser could be opened: give it the address yourself");
        }
        bound.serve(router(Site::new(corpus, access))).map_err(told)?;
        terminal.tell("ended; all that was saved is on disk");
        Ok(Outcome::Done)
    }
}

/// Asks the system to show an address.
#[cfg(feature = "web")]
fn open_browser(address: &str) -> bool {
    use std::process::{Command, Stdio};

    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let child = Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(mut child) => {
            // It ends when the browser has the address; somebody must take note of that.
            std::thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}
