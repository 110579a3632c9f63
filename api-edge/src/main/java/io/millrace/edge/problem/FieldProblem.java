package io.millrace.edge.problem;

/**
 * What is wrong with one field.
 *
 * @param field path in the request, as {@code elements[2].type}; empty for the body as a whole
 * @param message what is wrong
 * @param remedy what would be right
 */
public record FieldProblem(String field, String message, String remedy) {}
