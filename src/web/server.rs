//! The socket: listening, deadlines for what is half sent, and an end that lets writes finish.

use std::future::poll_fn;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;

use super::state::cores;

/// How long a request's header may take, and a connection may be idle.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// How long connections may take to end when the program is told to.
const END_TIME: Duration = Duration::from_secs(5);
/// Threads that wait for the disk, beside as many readers as there are cores: one writes, one answers. Each holds memory of its own.
const WRITERS: usize = 2;

/// Why a site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no threads or timers.
    #[error("cannot run a server")]
    Run(#[source] io::Error),
}

/// A socket that is listened on, and not yet answered.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    /// Its address, with the port that the system chose where none was asked for.
    pub address: SocketAddr,
}

/// Listens on the first of these addresses that is free.
///
/// # Errors
///
/// [`ServeError::Bind`] for the last of them.
pub fn bind(addresses: &[SocketAddr]) -> Result<Bound, ServeError> {
    let mut last = None;
    for &address in addresses {
        let bound = TcpListener::bind(address).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok(Bound { address: listener.local_addr()?, listener })
        });
        match bound {
            Ok(bound) => return Ok(bound),
            Err(source) => last = Some(ServeError::Bind { address, source }),
        }
    }
    Err(last.unwrap_or_else(|| ServeError::Run(io::ErrorKind::InvalidInput.into())))
}

impl Bound {
    /// Answers until the process gets SIGTERM or SIGINT (Ctrl-C); then no more is taken, what was begun is finished, and it returns.
    ///
    /// # Errors
    ///
    /// [`ServeError::Run`].
    pub fn serve(self, router: Router) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(cores() + WRITERS)
            .build()
            .map_err(ServeError::Run)?;
        let done = runtime.block_on(self.answer(router));
        // Waits for writes that were begun, however long the disk takes.
        drop(runtime);
        done.map_err(ServeError::Run)
    }

    async fn answer(self, router: Router) -> io::Result<()> {
        let mut end = Signals::new()?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let graceful = GracefulShutdown::new();
        loop {
            let next = poll_fn(|context| match end.poll(context) {
                Poll::Ready(()) => Poll::Ready(None),
                Poll::Pending => listener.poll_accept(context).map(Some),
            });
            let stream = match next.await {
                None => break,
                Some(Ok((stream, _))) => stream,
                Some(Err(_)) => {
                    // Most often there are no more file descriptors: some will be closed by their deadlines.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            };
            // Where it cannot be set, answers are only a little later.
            let _ = stream.set_nodelay(true);
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(64 << 10);
            let service = TowerToHyperService::new(router.clone());
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
            tokio::spawn(async move {
                // A connection that breaks is its browser's affair.
                let _ = connection.await;
            });
        }
        drop(listener);
        let _ = tokio::time::timeout(END_TIME, graceful.shutdown()).await;
        Ok(())
    }
}

/// What tells the program to end.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let terminate = self.terminate.poll_recv(context).is_ready();
        let interrupt = self.interrupt.poll_recv(context).is_ready();
        if terminate || interrupt { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[cfg(not(unix))]
struct Signals(std::pin::Pin<Box<dyn Future<Output = io::Result<()>> + Send>>);

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Signals(Box::pin(tokio::signal::ctrl_c())))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(context).map(|_| ())
    }
}
