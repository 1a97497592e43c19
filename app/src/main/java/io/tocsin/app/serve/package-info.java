/**
 * {@code tocsin serve}: the live engine with its journals and its HTTP server in one process.
 *
 * <p>{@link io.tocsin.app.serve.LiveServer} is the wiring and the order in which things start and stop;
 * {@link io.tocsin.app.serve.ServeCommand} is the command line around it, {@link io.tocsin.app.serve.StopSignal} what
 * ends it, and {@link io.tocsin.app.serve.ClockWatch} what tells of a clock that was set; {@link io.tocsin.app.serve.ServeConfig} is what can be set, and {@link io.tocsin.app.serve.ConfigFile} reads it.
 */
package io.tocsin.app.serve;
