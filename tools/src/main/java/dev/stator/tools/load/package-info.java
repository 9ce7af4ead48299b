/** Generating load: keys, requests, the pace of their arrival, and what came of them. */
@NullMarked
package dev.stator.tools.load;

import org.jspecify.annotations.NullMarked;
