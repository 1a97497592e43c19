/**
 * Building blocks that hold millions of small things without garbage: records of longs, byte strings, interned texts.
 *
 * <p>Everything here is owned and used by one thread. Memory grows in chunks, so that growing never copies what is
 * there, and freed places are used again; in steady state nothing is allocated.
 */
package io.tocsin.engine.memory;
