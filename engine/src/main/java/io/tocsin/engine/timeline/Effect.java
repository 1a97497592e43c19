package io.tocsin.engine.timeline;

import java.util.List;
import java.util.function.LongFunction;

/**
 * What an event changed, as words with instants between them, so that each reader has the instants in a zone of its own.
 *
 * @param parts a {@code String} for words, a {@code Long} for an instant
 */
public record Effect(List<Object> parts) {
    /** Copies the parts. */
    public Effect {
        parts = List.copyOf(parts);
    }

    static Effect of(Object... parts) {
        return new Effect(List.of(parts));
    }

    /** The whole sentence. */
    public String text(LongFunction<String> instants) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part instanceof Long instantNs ? instants.apply(instantNs) : part);
        }
        return text.toString();
    }
}
