/**
 * The registration of an aggregate: its rules, its stored formats, the operations of the API that
 * it carries out and answers, and its views.
 */
@NullMarked
package io.streamkeep.domain.module;

import org.jspecify.annotations.NullMarked;
