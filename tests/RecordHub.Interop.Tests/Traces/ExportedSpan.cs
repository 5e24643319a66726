namespace RecordHub.Interop.Tests.Traces;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Process">Tells the processes apart: the exporter's <c>service.instance.id</c>.</param>
/// <param name="Trace">The trace's id, in hexadecimal digits.</param>
/// <param name="Id">The span's id.</param>
/// <param name="Parent">Its parent's; empty for the first.</param>
/// <param name="Name">Its name.</param>
/// <param name="Links">The traces that it links to.</param>
internal sealed record ExportedSpan(
    string Process, string Trace, string Id, string Parent, string Name, IReadOnlyList<string> Links);
