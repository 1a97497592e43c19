/**
 * What Tocsin's parts cost, measured with JMH. Nothing depends on this module; each class says in its Javadoc how to run
 * it, and checks the result of what it measures.
 */
package io.tocsin.benchmarks;
