/** {@code tocsin snapshot}: the follower, in a process of its own. */
@NullMarked
package io.tocsin.app.snapshot;

import org.jspecify.annotations.NullMarked;
