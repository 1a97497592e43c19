/**
 * What readers see: immutable values, made by the core when asked, never the core's own state.
 *
 * <p>Instants are nanoseconds since the epoch and durations nanoseconds; {@link io.tocsin.engine.view.ClockView#NONE}
 * stands for one that does not exist. Attribute values are {@code String}, {@code Boolean} or
 * {@link java.math.BigDecimal}.
 */
package io.tocsin.engine.view;
