package io.tocsin.http.wallboard;

import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.Window;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A question for figures. The one place that knows which windows the engine has.
 *
 * @param by attributes to group by
 * @param window one of {@link #WINDOWS}
 */
public record StatsQuestion(List<String> by, String window) {
    /** The window of everything since the journal began. */
    public static final String ALL = Window.ALL.text();
    /** The windows that can be asked for. */
    public static final List<String> WINDOWS = Window.texts();

    /** Copies the names. */
    public StatsQuestion {
        by = List.copyOf(by);
    }

    /** Asks the engine. Any thread. */
    public CompletableFuture<StatsView> ask(EngineReads reads) {
        return reads.stats(by, Window.of(window).orElseThrow());
    }
}
