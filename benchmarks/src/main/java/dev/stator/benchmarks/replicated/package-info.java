/**
 * The replicated write path of the storage nodes, beside a bare replicated log and Apache Ratis.
 */
@NullMarked
package dev.stator.benchmarks.replicated;

import org.jspecify.annotations.NullMarked;
