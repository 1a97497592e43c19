/**
 * The program: command line, configuration and wiring. The only module that knows all the others.
 *
 * <p>Nothing here is on the hot path. A command returns its exit code or throws a {@link io.tocsin.app.Failure}, which
 * {@link io.tocsin.app.Tocsin} turns into one line on standard error and an exit code.
 */
package io.tocsin.app;
