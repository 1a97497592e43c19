/** What an engine knows as bytes, independent of how it lies in memory. */
package io.tocsin.engine.snapshot;
