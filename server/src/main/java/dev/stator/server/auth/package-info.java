/**
 * Who sent a request: verification of AWS Signature Version 4 ("AWS Signature Version 4 for API
 * requests", IAM user guide), in the header and in the query form.
 */
@NullMarked
package dev.stator.server.auth;

import org.jspecify.annotations.NullMarked;
