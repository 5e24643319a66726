using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using RecordHub.Benchmarks.Load;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;

namespace RecordHub.Benchmarks.Functions;

/// <summary>The header of a CT image of 512 KiB: read from memory, and written as DICOM JSON.</summary>
[MemoryDiagnoser]
public class HeaderBenchmarks : IDisposable
{
    private const int Length = 512 * 1024;
    private const int Piece = 64 * 1024;

    private readonly byte[] _file = new InstanceTemplate(Length, "M1").File(1, 1);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly DicomHeader _header;

    public HeaderBenchmarks()
    {
        _json = new Utf8JsonWriter(_output, DicomJsonWriter.WriterOptions);
        _header = DicomFile.ReadHeader(_file);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _json.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>All elements in a table, none of them copied.</summary>
    [Benchmark]
    public int Read() => DicomFile.ReadHeader(_file).DataSet.Count;

    /// <summary>The same while the bytes go by, as a door reads it.</summary>
    [Benchmark]
    public int ReadInPieces()
    {
        using DicomHeaderReader reader = new();
        for (int at = 0; at < _file.Length; at += Piece)
        {
            reader.Write(_file.AsSpan(at, Math.Min(Piece, _file.Length - at)));
        }

        return reader.Complete().DataSet.Count;
    }

    [Benchmark]
    public int WriteJson()
    {
        _output.ResetWrittenCount();
        _json.Reset();
        DicomJsonWriter.Write(_json, _header.DataSet);
        _json.Flush();
        return _output.WrittenCount;
    }
}
