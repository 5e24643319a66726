using System.Text;
using BenchmarkDotNet.Attributes;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Benchmarks.Functions;

/// <summary>A name decoded in a character set of one byte, in UTF-8, and with ISO 2022 escapes.</summary>
[MemoryDiagnoser]
public class CharacterSetBenchmarks
{
    private DicomDataSet _latin = new();
    private DicomDataSet _utf8 = new();
    private DicomDataSet _japanese = new();

    [GlobalSetup]
    public void MakeNames()
    {
        _latin = Named("ISO_IR 100", Encoding.Latin1.GetBytes("Müßtermann^Jörg"));
        _utf8 = Named("ISO_IR 192", Encoding.UTF8.GetBytes("Müßtermann^Jörg=山田^太郎"));

        // PS3.5 Annex H.3.1: Yamada^Tarou=山田^太郎=やまだ^たろう
        _japanese = Named("\\ISO 2022 IR 87", Convert.FromHexString(
            "59616D6164615E5461726F753D1B24423B3345441B28425E1B2442424040533A1B28423D1B2442246424" +
            "5E24401B28425E1B2442243F246D24261B2842"));
    }

    [Benchmark]
    public string? Latin() => _latin.GetString(DicomTags.PatientName);

    [Benchmark]
    public string? Utf8() => _utf8.GetString(DicomTags.PatientName);

    [Benchmark]
    public string? Iso2022() => _japanese.GetString(DicomTags.PatientName);

    private static DicomDataSet Named(string characterSet, byte[] name) => new DicomDataSet()
        .AddText(DicomTags.SpecificCharacterSet, DicomVr.CS, characterSet)
        .Add(DicomTags.PatientName, DicomVr.PN, name);
}
