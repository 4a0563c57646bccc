/** DynamoDB Local and ElasticMQ in this JVM, reached over HTTP on loopback. */
@NullMarked
package io.streamkeep.localcloud.services;

import org.jspecify.annotations.NullMarked;
