/** What the operator says: small validated records, read from one YAML file and from flags. */
@NullMarked
package dev.stator.server.config;

import org.jspecify.annotations.NullMarked;
