/**
 * The figures: how many clocks met their promise, how long things took, how tickets flowed, what departments make of it.
 *
 * <pre>
 *   Figures        the totals, and what is kept current of windows and groups
 *     FactCollector    what a ticket contributes, and when: facts
 *     Grouping       the groups of one window; a Group counts in a Cell and a Tally
 *     RecentFacts    the last hour, second by second, for windows that roll
 *     Windows        which groupings are kept, because somebody asks for them
 *     TrendGrouping  what happened in each five minutes of a day, by group; Trends says which are kept
 *     FigureScan     a window of any two instants, exactly
 *     FinishedTickets  the facts of tickets that left memory
 * </pre>
 *
 * <p>Whatever changes a ticket, its facts before and after are compared, and the difference goes into all groupings. A
 * {@link io.tocsin.engine.stats.Coverage} is made by going once over all tickets, in slices, and kept current from then on.
 * The core's thread.
 */
package io.tocsin.engine.stats;
