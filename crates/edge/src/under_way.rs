//! Checks that are under way in this isolate: whoever asks for a domain meanwhile looks on, and nothing is looked up twice.
//!
//! What a request opened is its own: Cloudflare cancels a promise that is awaited by another request than made it, and lets a
//! request with all that it opened go when its client does. So requests share plain data and nothing else. The one that came first makes
//! the lookups, under `waitUntil`, so that they go on without its client. The others look at what has come in, by timers of
//! their own, and where nothing moves any more they make the check themselves.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream::FuturesUnordered;
use js_sys::Date;
use mta_sts_core::evidence::Observation;
use mta_sts_core::lookup::Lookup;
use mta_sts_core::name::DomainName;
use mta_sts_core::plan::Plan;
use mta_sts_js::now;
use worker::{Context, Delay, Env};

use crate::limits;
use crate::lookups::{Resolver, refused};
use crate::store::{self, Found};

/// How often who looks on looks, in milliseconds. Each look costs some of the request's processor time.
const LOOK_MS: u64 = 100;

/// How often a check shows that it is alive where no lookup ends, in milliseconds.
const BEAT_MS: u64 = 500;

/// Looks in a row without a sign of life after which a check is given up.
const LOOKS_WITHOUT_A_BEAT: u32 = 20;

/// How long a check that is over stays at hand, in milliseconds: until it is in the cache, and whoever looked there too early has
/// come here.
const OVER_KEPT_MS: f64 = 1000.0;

/// How long any check stays, in milliseconds: as long as Cloudflare lets one run under `waitUntil`.
const KEPT_MS: f64 = 30_000.0;

/// How often a lookup looks whether another one has found out if it may be made, in milliseconds.
const ASKING_MS: u64 = 5;

thread_local! {
    static UNDER_WAY: RefCell<Vec<Shared>> = const { RefCell::new(Vec::new()) };
}

type Shared = Rc<RefCell<Progress>>;

/// What a check has come to.
struct Progress {
    domain: DomainName,
    began_ms: f64,
    observations: Vec<Observation>,
    /// All that was seen, and when it was complete, in milliseconds since 1970.
    over: Option<(Rc<Found>, f64)>,
    /// Another number at each sign of life.
    beats: u32,
    /// The request that makes the lookups, where it waits for more. No other is woken from there.
    maker: Option<Waker>,
}

impl Progress {
    fn beat(&mut self) {
        self.beats = self.beats.wrapping_add(1);
        if let Some(maker) = self.maker.take() {
            maker.wake();
        }
    }

    fn is_kept(&self, now_ms: f64) -> bool {
        let is_over = self.over.as_ref().is_some_and(|(_, at_ms)| now_ms - at_ms > OVER_KEPT_MS);
        !is_over && now_ms - self.began_ms < KEPT_MS
    }
}

/// What makes checks in the name of a request.
#[derive(Clone)]
pub(crate) struct Host {
    pub resolver: Resolver,
    /// How many lookups may run side by side.
    pub at_once: usize,
    /// For limits.
    pub env: Env,
    /// The request's.
    pub context: Rc<Context>,
}

/// A request's look at a check that is under way.
pub(crate) struct Watch {
    check: Shared,
    /// Whether this request makes the lookups.
    is_maker: bool,
    host: Host,
    told: Vec<Lookup>,
    /// How many observations of the check were looked at.
    seen: usize,
    last_beat: u32,
    looks_without_a_beat: u32,
}

/// What is seen next of a check.
pub(crate) enum Step {
    /// A lookup is done.
    Lookup(Observation),
    /// All are done.
    Over(Rc<Found>),
}

/// Looks at the check of a domain, where one is under way; for who wants a fresh one, not at one that is over.
pub(crate) fn join(domain: &DomainName, fresh: bool, host: &Host) -> Option<Watch> {
    let now_ms = Date::now();
    UNDER_WAY.with_borrow_mut(|all| {
        all.retain(|check| check.borrow().is_kept(now_ms));
        let is_it = |check: &&Shared| {
            let check = check.borrow();
            check.domain == *domain && !(fresh && check.over.is_some())
        };
        all.iter().find(is_it).map(|check| Watch::new(Rc::clone(check), false, host.clone()))
    })
}

/// Begins a check, in the place of any other of the domain.
pub(crate) fn begin(domain: DomainName, host: &Host) -> Watch {
    let progress = Progress {
        domain: domain.clone(),
        began_ms: Date::now(),
        observations: Vec::new(),
        over: None,
        beats: 0,
        maker: None,
    };
    let check = Rc::new(RefCell::new(progress));
    UNDER_WAY.with_borrow_mut(|all| {
        all.retain(|other| other.borrow().domain != domain);
        all.push(Rc::clone(&check));
    });
    host.context.wait_until(make(Check::new(domain, host), Rc::clone(&check)));
    Watch::new(check, true, host.clone())
}

impl Watch {
    fn new(check: Shared, is_maker: bool, host: Host) -> Self {
        let last_beat = check.borrow().beats;
        Self { check, is_maker, host, told: Vec::new(), seen: 0, last_beat, looks_without_a_beat: 0 }
    }

    /// Waits for the end.
    pub(crate) async fn found(mut self) -> Rc<Found> {
        self.look(|check, _| check.over.as_ref().map(|(found, _)| Rc::clone(found))).await
    }

    /// Waits for what comes next; nothing comes after the end.
    pub(crate) async fn next(&mut self) -> Step {
        loop {
            let step = self.look(|check, seen| match check.observations.get(seen) {
                Some(observation) => Some(Step::Lookup(observation.clone())),
                None => check.over.as_ref().map(|(found, _)| Step::Over(Rc::clone(found))),
            });
            match step.await {
                Step::Lookup(observation) => {
                    self.seen += 1;
                    // Told already, where the check began anew.
                    if !self.told.contains(&observation.lookup) {
                        self.told.push(observation.lookup.clone());
                        return Step::Lookup(observation);
                    }
                }
                over @ Step::Over(_) => return over,
            }
        }
    }

    /// Waits until something is found in the check, given how much of it was seen.
    async fn look<T>(&mut self, find: impl Fn(&Progress, usize) -> Option<T>) -> T {
        loop {
            if self.is_maker {
                let (check, seen) = (&self.check, self.seen);
                return poll_fn(|cx| {
                    let mut check = check.borrow_mut();
                    let found = find(&check, seen);
                    if found.is_none() {
                        check.maker = Some(cx.waker().clone());
                    }
                    found.map_or(Poll::Pending, Poll::Ready)
                })
                .await;
            }
            let found = find(&self.check.borrow(), self.seen);
            if let Some(found) = found {
                return found;
            }
            Delay::from(Duration::from_millis(LOOK_MS)).await;
            self.mind_the_beat();
        }
    }

    /// Leaves a check that nobody makes any more: for the one that another began instead, or for one of its own.
    fn mind_the_beat(&mut self) {
        let beat = self.check.borrow().beats;
        if beat != self.last_beat {
            (self.last_beat, self.looks_without_a_beat) = (beat, 0);
            return;
        }
        self.looks_without_a_beat += 1;
        if self.looks_without_a_beat < LOOKS_WITHOUT_A_BEAT {
            return;
        }
        let domain = self.check.borrow().domain.clone();
        UNDER_WAY.with_borrow_mut(|all| all.retain(|check| !Rc::ptr_eq(check, &self.check)));
        let instead = join(&domain, true, &self.host).unwrap_or_else(|| begin(domain, &self.host));
        let told = std::mem::take(&mut self.told);
        *self = Self { told, ..instead };
    }
}

/// Makes a check to its end, and keeps what came of it.
async fn make(mut check: Check, progress: Shared) {
    let mut beat = Delay::from(Duration::from_millis(BEAT_MS));
    loop {
        let next = std::pin::pin!(check.next());
        match select(next, Pin::new(&mut beat)).await {
            Either::Left((Some(observation), _)) => {
                let mut progress = progress.borrow_mut();
                progress.observations.push(observation);
                progress.beat();
            }
            Either::Left((None, _)) => break,
            Either::Right(_) => {
                progress.borrow_mut().beat();
                beat = Delay::from(Duration::from_millis(BEAT_MS));
            }
        }
    }
    let found = Rc::new(Found::now(check.plan.into_evidence()));
    {
        let mut progress = progress.borrow_mut();
        progress.over = Some((Rc::clone(&found), Date::now()));
        progress.beat();
    }
    // A check that cannot be kept is still an answer.
    let _ = store::keep(&found).await;
}

/// The lookups of a check: the host's side of core's plan.
struct Check {
    plan: Plan,
    resolver: Resolver,
    in_flight: FuturesUnordered<Pin<Box<dyn Future<Output = Observation>>>>,
    env: Env,
    targets: Targets,
}

/// The owners of servers that a check asks besides the domain's own, and whether it may; nothing while that is being found out.
type Targets = Rc<RefCell<Vec<(String, Option<bool>)>>>;

impl Check {
    fn new(domain: DomainName, host: &Host) -> Self {
        let plan = Plan::new(domain, now()).at_once(host.at_once);
        let resolver = Resolver { started_ms: Date::now(), ..host.resolver.clone() };
        let (env, targets) = (host.env.clone(), Targets::default());
        let mut check = Self { plan, resolver, in_flight: FuturesUnordered::new(), env, targets };
        check.start_lookups();
        check
    }

    fn start_lookups(&mut self) {
        for lookup in self.plan.next_lookups() {
            let address = match &lookup {
                Lookup::Handshake { host } => self.plan.address(host),
                _ => None,
            };
            let target = self.plan.other_target(&lookup);
            let (resolver, env, targets) = (self.resolver.clone(), self.env.clone(), Rc::clone(&self.targets));
            self.in_flight.push(Box::pin(async move {
                let may = match target {
                    Some(target) => permits(&env, target, &targets).await,
                    None => true,
                };
                if may { resolver.perform(lookup, address).await } else { refused(lookup) }
            }));
        }
    }

    /// The next observation; none when all are in.
    async fn next(&mut self) -> Option<Observation> {
        let observation = self.in_flight.next().await?;
        self.plan.observe(observation.clone(), self.resolver.elapsed_ms());
        self.start_lookups();
        Some(observation)
    }
}

/// Whether a check may ask somebody else's servers. It counts once for each owner, however much it asks.
async fn permits(env: &Env, target: String, targets: &Targets) -> bool {
    let known = |targets: &Targets| targets.borrow().iter().find(|(name, _)| *name == target).map(|(_, may)| *may);
    match known(targets) {
        Some(Some(may)) => return may,
        Some(None) => loop {
            Delay::from(Duration::from_millis(ASKING_MS)).await;
            if let Some(may) = known(targets).flatten() {
                return may;
            }
        },
        None => {}
    }
    targets.borrow_mut().push((target.clone(), None));
    let may = limits::permits_target(env, &target).await;
    for (name, outcome) in targets.borrow_mut().iter_mut() {
        if *name == target {
            *outcome = Some(may);
        }
    }
    may
}
