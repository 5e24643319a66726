namespace RecordHub.Storage.Sql;

/// <summary>One thing that an operator did.</summary>
internal sealed record OperationEntry(long At, string Action, long Case, string Actor, string Reason, string Detail);
