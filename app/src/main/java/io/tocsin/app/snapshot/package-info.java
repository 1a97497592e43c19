/** {@code tocsin snapshot}: the follower, in a process of its own. */
package io.tocsin.app.snapshot;
