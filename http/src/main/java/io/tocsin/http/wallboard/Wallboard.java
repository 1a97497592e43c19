package io.tocsin.http.wallboard;

import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EngineReads;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All boards that are looked at. One daemon thread asks the engine twice a second what their views need, so that no figure on a
 * board is a second old, looks for new alerts four times a second, and asks for trends and forecasts every ten seconds; it never
 * waits for an answer. What is much work for the engine is asked less often ({@link Pace}), and nothing while nobody looks.
 */
public final class Wallboard implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Wallboard.class);

    /** How often is looked whether something is to be asked. */
    private static final long LOOK_MS = 50;
    /** So that figures stay younger than a second. */
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LATEST_ROUND_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long OUTLOOK_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LATEST_OUTLOOK_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long ALERTS_MS = 250;
    private static final long COMMENT_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long END_PATIENCE_MS = 2_000;

    /** A board is a connection and a few frames. */
    private static final int MOST_BOARDS = 2_000;

    private static final int MOST_VIEWS = 128;
    /** The engine keeps 16 groupings; others need some too. */
    private static final int MOST_GROUPINGS = 12;
    /** How far back a new view looks for its alerts, and how many are looked at at once. */
    private static final int ALERTS_LOOKED_AT = 5_000;

    private final EngineReads reads;
    private final AlertJournal journal;
    private final EpochNanoClock clock;
    private final BoardPolicy policy;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Wallboard::newThread);
    private final Map<BoardView, BoardFeed> feeds = new HashMap<>();
    private final Pace rounds = new Pace(ROUND_NS, LATEST_ROUND_NS, System.nanoTime());
    private final Pace outlooks = new Pace(OUTLOOK_NS, LATEST_OUTLOOK_NS, System.nanoTime());
    private final AtomicInteger boardCount = new AtomicInteger();
    /** What {@link #feeds} has, for those who want to open another. */
    private volatile Set<BoardView> views = Set.of();

    private long lastFrameNs = System.nanoTime();
    private long lastAlert;

    /**
     * Without boards yet.
     *
     * @param clock the system's time
     */
    public Wallboard(EngineReads reads, AlertJournal journal, EpochNanoClock clock, BoardPolicy policy) {
        this.reads = reads;
        this.journal = journal;
        this.clock = clock;
        this.policy = policy;
        every(LOOK_MS, this::look);
        every(ALERTS_MS, this::readAlerts);
    }

    /** Why there cannot be one more board of a view, or empty when there can. Any thread. */
    public Optional<String> refusalOf(BoardView view) {
        if (thread.isShutdown()) {
            return Optional.of("the server is stopping");
        }
        if (boardCount.get() >= MOST_BOARDS) {
            return Optional.of("there are " + MOST_BOARDS + " wallboards, which is the limit");
        }
        Set<BoardView> then = new HashSet<>(views);
        then.add(view);
        if (then.size() > MOST_VIEWS) {
            return Optional.of("there are wallboards of " + MOST_VIEWS + " views, which is the limit");
        }
        Set<List<String>> groupings = new HashSet<>();
        for (BoardView each : then) {
            groupings.add(each.total().by());
            Optional.ofNullable(each.breakdown()).ifPresent(question -> groupings.add(question.by()));
        }
        return groupings.size() > MOST_GROUPINGS
                ? Optional.of("there are wallboards by " + MOST_GROUPINGS + " groupings, which is the limit")
                : Optional.empty();
    }

    /** Sends a view to a board from now on, until it goes or the server ends. Any thread. */
    public void open(BoardView view, BoardClient client) {
        boardCount.incrementAndGet();
        try {
            thread.execute(() -> admit(view, client));
        } catch (RejectedExecutionException e) {
            client.end(); // The server has begun to stop since it was asked.
        }
    }

    /** How many boards there are. */
    public int count() {
        return boardCount.get();
    }

    /** Ends all streams and takes no more; returns when the thread has ended. */
    @Override
    public void close() {
        run(() -> feeds.values().forEach(BoardFeed::end));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                LOGGER.warn("the wallboards' thread has not ended within {} ms", END_PATIENCE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(BoardView view, BoardClient client) {
        BoardFeed known = feeds.get(view);
        BoardFeed feed = known != null ? known : addFeed(view);
        feed.add(client);
        if (known == null) {
            ask(Set.of(view), null, Round::new);
            ask(Set.of(view), null, Outlook::new);
        }
    }

    private BoardFeed addFeed(BoardView view) {
        readAlerts();
        BoardFeed feed = new BoardFeed(view, policy);
        if (feeds.isEmpty()) {
            lastAlert = journal.lastSeq();
        }
        readAlerts(Math.max(0, lastAlert - ALERTS_LOOKED_AT), lastAlert, List.of(feed));
        feeds.put(view, feed);
        views = Set.copyOf(feeds.keySet());
        feed.sendAlerts();
        return feed;
    }

    private void look() {
        for (BoardFeed feed : feeds.values()) {
            boardCount.addAndGet(-feed.removeGone());
        }
        if (feeds.values().removeIf(BoardFeed::isEmpty)) {
            views = Set.copyOf(feeds.keySet());
        }
        if (System.nanoTime() - lastFrameNs > COMMENT_NS) {
            lastFrameNs = System.nanoTime();
            feeds.values().forEach(BoardFeed::sendComment);
        }
        if (!feeds.isEmpty()) {
            askWhenDue(rounds, Round::new);
            askWhenDue(outlooks, Outlook::new);
        }
    }

    private void askWhenDue(Pace pace, BiFunction<EngineReads, Collection<BoardView>, Asked> questions) {
        if (pace.mayAsk(System.nanoTime())) {
            ask(views, pace, questions);
        }
    }

    /** Asks what views need and sends it to them when all of it is there. */
    private void ask(
            Collection<BoardView> asked,
            @Nullable Pace pace,
            BiFunction<EngineReads, Collection<BoardView>, Asked> questions) {
        Asked answers;
        try {
            answers = questions.apply(reads, asked);
        } catch (IllegalStateException e) {
            LOGGER.debug("the engine has stopped", e);
            return;
        }
        if (pace != null) {
            pace.asked(System.nanoTime());
        }
        answers.done()
                .whenCompleteAsync(
                        (done, failure) -> {
                            if (pace != null) {
                                long nowNs = System.nanoTime();
                                pace.answered(nowNs, answers.workNs(pace.sinceAskedNs(nowNs)));
                            }
                            if (failure == null) {
                                asked.forEach(view -> send(view, answers));
                            } else {
                                LOGGER.debug("the engine did not answer", failure);
                            }
                        },
                        this::run);
    }

    private void send(BoardView view, Asked answers) {
        BoardFeed feed = feeds.get(view);
        if (feed != null) {
            lastFrameNs = System.nanoTime();
            answers.sendTo(feed, clock.nanoTime());
        }
    }

    private void readAlerts() {
        long last = journal.lastSeq();
        if (feeds.isEmpty() || last == lastAlert) {
            return;
        }
        long from = Math.max(lastAlert, last - ALERTS_LOOKED_AT);
        lastAlert = last;
        readAlerts(from, last, feeds.values());
        feeds.values().forEach(BoardFeed::sendAlerts);
    }

    private void readAlerts(long after, long to, Collection<BoardFeed> readers) {
        try {
            journal.read(after, (int) (to - after), (buffer, offset, length) -> {
                for (BoardFeed feed : readers) {
                    feed.look(buffer, offset);
                }
            });
        } catch (IllegalStateException e) {
            LOGGER.error(
                    "the wallboards miss alerts {} to {}: {}", after + 1, to, e.getMessage()); // A damaged one, say.
        }
    }

    /** A mistake must not end what comes after it. */
    private void every(long periodMs, Runnable task) {
        thread.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOGGER.error("the wallboards failed", e);
                    }
                },
                periodMs,
                periodMs,
                TimeUnit.MILLISECONDS);
    }

    /** For answers that come when the thread may have ended. */
    private void run(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(task);
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "wallboard");
        thread.setDaemon(true);
        return thread;
    }
}
