/** Strict JSON: a tree or an error, and decoders that collect every error with its pointer. */
@NullMarked
package io.streamkeep.domain.json;

import org.jspecify.annotations.NullMarked;
