/** What a bench run found, for people and for programs. */
@NullMarked
package dev.stator.tools.report;

import org.jspecify.annotations.NullMarked;
