/**
 * {@code tocsin report}: what a day, a month or a quarter came to.
 *
 * <p>A {@link io.tocsin.app.report.PastRun} sends the past through an engine; every figure is asked of that engine, so that
 * a report, the live figures and the wallboard agree. A {@link io.tocsin.app.report.KeyFigure} is a
 * {@link io.tocsin.app.report.Fraction}, out of which {@link io.tocsin.app.report.Causes} takes one group after another to
 * see what made it miss its standard. {@link io.tocsin.app.report.Report} lists the tables, each made by a class of its own
 * from a {@link io.tocsin.app.report.Request}.
 */
package io.tocsin.app.report;
