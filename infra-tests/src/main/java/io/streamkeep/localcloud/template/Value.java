package io.streamkeep.localcloud.template;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of the template with its place; whoever reads it says what it may be. */
final class Value {
  private final Path file;
  private final Node node;
  private final References references;

  Value(Path file, Node node, References references) {
    this.file = file;
    this.node = node;
    this.references = references;
  }

  TemplateException refuse(String what) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    return new TemplateException(file, line, what);
  }

  /** Refuses, anywhere below, functions that are not understood and names that there are not. */
  void check() {
    switch (node) {
      case ScalarNode scalar -> text();
      case SequenceNode list -> items().forEach(Value::check);
      default -> entries().values().forEach(Value::check);
    }
  }

  Value within(References other) {
    return new Value(file, node, other);
  }

  Path file() {
    return file;
  }

  Map<String, Value> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw refuse("a mapping is expected here");
    }
    refuseFunction();
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Value key = new Value(file, entry.getKeyNode(), references);
      String name = key.text();
      if (name.startsWith("Fn::") || name.equals("Ref")) {
        throw key.refuse("the function " + name + " is not supported in this form");
      }
      if (entries.put(name, new Value(file, entry.getValueNode(), references)) != null) {
        throw key.refuse(name + " is there twice");
      }
    }
    return entries;
  }

  /** The entries, of which there may be none but these. */
  Map<String, Value> only(String what, String... names) {
    Map<String, Value> entries = entries();
    entries.forEach(
        (name, value) -> {
          if (!List.of(names).contains(name)) {
            throw value.refuse(what + ": " + name + " is not supported");
          }
        });
    return entries;
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(entries().get(name));
  }

  Value need(String name) {
    return find(name).orElseThrow(() -> refuse(name + " is missing"));
  }

  List<Value> items() {
    if (!(node instanceof SequenceNode list)) {
      throw refuse("a list is expected here");
    }
    refuseFunction();
    return list.getValue().stream().map(item -> new Value(file, item, references)).toList();
  }

  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw refuse("a single value is expected here");
    }
    String text = scalar.getValue();
    Optional<String> resolved =
        switch (node.getTag().getValue()) {
          case "!Ref" -> references.ref(text);
          case "!GetAtt" -> references.attribute(text);
          case "!Sub" -> references.substitute(text);
          default -> {
            refuseFunction();
            yield Optional.of(text);
          }
        };
    return resolved.orElseThrow(
        () -> refuse(node.getTag().getValue() + " " + text + ": there is no such thing here"));
  }

  /** The text, in which queue URLs start with this endpoint. */
  String textAt(String sqs) {
    return within(new References(references.types(), references.parameters(), sqs)).text();
  }

  int number(int from, int to) {
    String text = text();
    if (!text.matches("-?[0-9]{1,9}")
        || Integer.parseInt(text) < from
        || Integer.parseInt(text) > to) {
      throw refuse(text + " is not a number from " + from + " to " + to);
    }
    return Integer.parseInt(text);
  }

  boolean flag() {
    return oneOf("true", "false").equals("true");
  }

  /** What a condition of the template comes to. */
  boolean condition() {
    Value bare = new Value(file, untagged(), references);
    return switch (node.getTag().getValue()) {
      case "!Equals" -> bare.texts().stream().distinct().count() == 1;
      case "!Not" -> !bare.items().getFirst().condition();
      default -> throw refuse("this condition is not supported, only !Equals and !Not");
    };
  }

  private Node untagged() {
    if (!(node instanceof SequenceNode list)) {
      throw refuse("a condition is expected here");
    }
    return new SequenceNode(Tag.SEQ, list.getValue(), list.getFlowStyle());
  }

  /** The text, which has to be one of these. */
  String oneOf(String... allowed) {
    String text = text();
    if (!List.of(allowed).contains(text)) {
      throw refuse(text + " is not supported, only " + String.join(", ", allowed));
    }
    return text;
  }

  List<String> texts() {
    return items().stream().map(Value::text).toList();
  }

  /** A list, or a single value in place of a list of one. */
  List<String> oneOrMore() {
    return node instanceof ScalarNode ? List.of(text()) : texts();
  }

  private void refuseFunction() {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      throw refuse("the function " + tag + " is not supported");
    }
  }
}
