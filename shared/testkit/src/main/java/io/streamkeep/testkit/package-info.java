/** What a team tests its own domain with: specs for deciders, a reference store, its contract. */
@NullMarked
package io.streamkeep.testkit;

import org.jspecify.annotations.NullMarked;
