package io.streamkeep.retail;

/** What the API made of a command. */
sealed interface Answer {

  /** Done, now or at an earlier try; the order as it was after that. */
  record Accepted(OrderView order) implements Answer {}

  /** The API says no, and would say so again; the code is the problem's. */
  record Refused(String code, String detail) implements Answer {}

  /** Neither: an error that no retry mended, or an answer that breaks the contract. */
  record Broken(String why) implements Answer {}
}
