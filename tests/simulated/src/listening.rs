//! A port on loopback that takes connections until it is dropped, each in a thread of its own.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

pub(crate) struct Listening {
    address: SocketAddr,
    open: Arc<Open>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Open {
    stopping: AtomicBool,
    connections: Mutex<HashMap<u64, TcpStream>>,
}

impl Listening {
    /// At a port, or at any free one for 0.
    pub(crate) fn start(
        port: u16,
        converse: impl Fn(TcpStream) + Send + Sync + 'static,
    ) -> io::Result<Listening> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let open = Arc::<Open>::default();
        let accepting = Builder::new().name(format!("accept {address}")).spawn({
            let (open, converse) = (open.clone(), Arc::new(converse));
            move || accept(&listener, &open, &converse)
        })?;
        Ok(Listening { address, open, accepting: Some(accepting) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.open.stopping.store(true, Ordering::SeqCst);
        // The accepting thread sleeps until somebody knocks.
        let knocked = TcpStream::connect(self.address).is_ok();
        if let Some(accepting) = self.accepting.take().filter(|_| knocked) {
            let _ = accepting.join();
        }
        for stream in lock(&self.open.connections).values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn accept<C: Fn(TcpStream) + Send + Sync + 'static>(
    listener: &TcpListener,
    open: &Arc<Open>,
    converse: &Arc<C>,
) {
    for (number, stream) in (0..).zip(listener.incoming()) {
        if open.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        // An answer is one write; waiting for more to send with it would only delay it.
        let _ = stream.set_nodelay(true);
        let Ok(twin) = stream.try_clone() else { continue };
        lock(&open.connections).insert(number, twin);
        let spawned = Builder::new().spawn({
            let (open, converse) = (open.clone(), converse.clone());
            move || {
                converse(stream);
                lock(&open.connections).remove(&number);
            }
        });
        if spawned.is_err() {
            lock(&open.connections).remove(&number);
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
