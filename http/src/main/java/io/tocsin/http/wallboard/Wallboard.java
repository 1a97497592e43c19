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
<<<<<<< HEAD
 * All boards that are looked at. One daemon thread asks the engine twice a second what their views need, so that no figure on a
 * board is a second old, looks for new alerts four times a second, and takes a sample for the trend once a minute; it never waits
 * for an answer. Rounds come less often when they are much work, and one that is more than a fifth of the engine's time is followed by
 * a rest of ten times as long.
=======
 * All boards that are looked at. One daemon thread asks the engine once a second what their views need, looks for new
 * alerts four times a second, and asks for trends and forecasts every ten seconds; it never waits for an answer. What took
 * the engine long is asked again after a rest of ten times as long. While nobody looks, nothing is asked.
>>>>>>> board
 */
public final class Wallboard implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Wallboard.class);

    /** How often is looked whether a round is due. */
    private static final long LOOK_MS = 50;
    /** How soon after the one before a round is due, by how much work it is, so that figures stay younger than a second. */
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LATE_ROUND_NS = TimeUnit.MILLISECONDS.toNanos(700);
    /** A fifth of the engine's time. A round that is more work than that lets it rest, however old the figures become. */
    private static final long MUCH_WORK_NS = LATE_ROUND_NS / 5;

    private static final long ALERTS_MS = 250;
    private static final long OUTLOOK_MS = 10_000;
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
    private final Pace rounds = new Pace(ROUND_MS, System.nanoTime());
    private final Pace outlooks = new Pace(OUTLOOK_MS, System.nanoTime());
    private final AtomicInteger boardCount = new AtomicInteger();
    /** What {@link #feeds} has, for those who want to open another. */
    private volatile Set<BoardView> views = Set.of();

<<<<<<< HEAD
    private boolean asking;
    private boolean sampling;
    private long nextRoundNs = System.nanoTime();
=======
>>>>>>> board
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
<<<<<<< HEAD
        this.labels = labels;
        every(LOOK_MS, this::look);
=======
        this.policy = policy;
        every(ROUND_MS, this::look);
>>>>>>> board
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
<<<<<<< HEAD
        if (!asking && !feeds.isEmpty() && System.nanoTime() - nextRoundNs >= 0) {
            ask(views, true);
=======
        if (!feeds.isEmpty()) {
            askWhenDue(rounds, Round::new);
            askWhenDue(outlooks, Outlook::new);
        }
    }

    private void askWhenDue(Pace pace, BiFunction<EngineReads, Collection<BoardView>, Asked> questions) {
        if (pace.mayAsk(System.nanoTime())) {
            ask(views, pace, questions);
>>>>>>> board
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
<<<<<<< HEAD
                            asking &= !isRound;
                            long nowNs = System.nanoTime();
                            nextRoundNs = nextRoundNs(startNs, nowNs, round.workNs(nowNs - startNs));
=======
                            if (pace != null) {
                                pace.answered(System.nanoTime());
                            }
>>>>>>> board
                            if (failure == null) {
                                asked.forEach(view -> send(view, answers));
                            } else {
                                LOGGER.debug("the engine did not answer", failure);
                            }
                        },
                        this::run);
    }

<<<<<<< HEAD
    /** When the next round is due. */
    private static long nextRoundNs(long startNs, long nowNs, long workNs) {
        return workNs > MUCH_WORK_NS
                ? nowNs + REST * workNs
                : startNs + Math.min(LATE_ROUND_NS, Math.max(ROUND_NS, REST * workNs));
    }

    private void send(BoardView view, Round round) {
=======
    private void send(BoardView view, Asked answers) {
>>>>>>> board
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
