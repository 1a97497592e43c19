/**
 * The figures: how many clocks met their promise, how long things took, how tickets flowed.
 *
 * <p>{@link io.tocsin.engine.stats.Figures} keeps the totals with every change. Groups by attributes are made when
 * somebody first asks for them: a {@link io.tocsin.engine.stats.Grouping} goes once over all tickets, in slices, and is
 * kept current from then on, so that every later answer costs as much as it has groups. Tickets that left memory stay in
 * the figures: {@link io.tocsin.engine.stats.FinishedTickets} keeps what a grouping needs of them. The core's thread.
 */
package io.tocsin.engine.stats;
