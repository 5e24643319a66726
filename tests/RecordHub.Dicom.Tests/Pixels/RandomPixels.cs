using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Pixels;
using RecordHub.Dicom.Tests.Deidentification;

namespace RecordHub.Dicom.Tests.Pixels;

/// <summary>An image with random pixels in a random layout, written down sample by sample as PS3.5 §8.1 has them.</summary>
internal sealed class RandomPixels
{
    private static readonly (string Photometric, int Samples, int[] Bits)[] s_kinds =
    [
        ("MONOCHROME1", 1, [1, 8, 16, 32]), ("MONOCHROME2", 1, [1, 8, 16, 32]), ("PALETTE COLOR", 1, [8, 16]),
        ("RGB", 3, [8, 16, 32]), ("YBR_FULL", 3, [8, 16]), ("YBR_FULL_422", 3, [8, 16]),
    ];

    private readonly Random _random;
    private readonly bool _planar;
    private readonly bool _signed;
    private readonly int _bits;
    private readonly int _stored;
    private readonly List<Slot> _slots = [];
    private readonly ulong[] _values;

    public RandomPixels(int seed, bool native = true)
    {
        _random = new Random(seed);
        (Photometric, Samples, int[] bits) = s_kinds[_random.Next(native ? s_kinds.Length : s_kinds.Length - 1)];
        do
        {
            _bits = bits[_random.Next(bits.Length)];
        }
        while (!native && _bits == 1);
        _stored = _bits == 16 && _random.Next(2) == 0 ? 12 : _bits;
        _signed = Samples == 1 && Photometric != "PALETTE COLOR" && _bits > 1 && _random.Next(2) == 0;
        _planar = Samples == 3 && Photometric != "YBR_FULL_422" && _random.Next(2) == 0;
        (Rows, Columns, Frames) = (_random.Next(1, 30), _random.Next(1, 30), _random.Next(1, 5));
        Columns += Photometric == "YBR_FULL_422" ? Columns & 1 : 0;
        Lay();
        _values = [.. _slots.Select(_ => (ulong)_random.NextInt64() & ((1UL << _bits) - 1))];
    }

    public string Photometric { get; }

    public int Samples { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Frames { get; }

    public int SampleBytes => _bits / 8;

    /// <summary>Rectangles of which some reach out of the image.</summary>
    public PixelRegion[] Regions() => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new PixelRegion(
        _random.Next(Columns), _random.Next(Rows), _random.Next(1, Columns + 5), _random.Next(1, Rows + 5)))];

    public DicomDataSet ToImage() => DeidentificationSample.Image()
        .Add(DicomTags.SamplesPerPixel, Samples)
        .Add(DicomTags.PhotometricInterpretation, Photometric)
        .Add(DicomTags.PlanarConfiguration, _planar ? 1 : 0)
        .Add(DicomTags.NumberOfFrames, Frames)
        .Add(DicomTags.Rows, Rows)
        .Add(DicomTags.Columns, Columns)
        .Add(DicomTags.BitsAllocated, _bits)
        .Add(DicomTags.BitsStored, _stored)
        .Add(DicomTags.HighBit, _stored - 1)
        .Add(DicomTags.PixelRepresentation, _signed ? 1 : 0)
        .Add(DicomTags.PixelData, _bits > 8 || _random.Next(2) == 0 ? DicomVr.OW : DicomVr.OB, Encode(_values));

    public byte[] Encode() => Encode(_values);

    /// <summary>The value that is expected when what a region touches is black and all else as it was.</summary>
    public byte[] Blanked(Func<int, int, bool> isBlank) => Encode(
        [.. _slots.Select((slot, i) => slot.Columns.Any(column => isBlank(column, slot.Row)) ? Black(slot.Component) : _values[i])]);

    public override string ToString() =>
        $"{Photometric} {Columns}x{Rows}x{Frames}, {_bits} bits{(_signed ? " signed" : string.Empty)}{(_planar ? " planar" : string.Empty)}";

    private void Lay()
    {
        for (int frame = 0; frame < Frames; frame++)
        {
            for (int plane = 0; plane < (_planar ? Samples : 1); plane++)
            {
                for (int row = 0; row < Rows; row++)
                {
                    LayRow(row, plane);
                }
            }
        }
    }

    private void LayRow(int row, int plane)
    {
        for (int column = 0; column < Columns; column += Photometric == "YBR_FULL_422" ? 2 : 1)
        {
            if (Photometric == "YBR_FULL_422")
            {
                int[] pair = [column, column + 1];
                _slots.AddRange([new(row, pair, 0), new(row, pair, 0), new(row, pair, 1), new(row, pair, 2)]);
            }
            else
            {
                _slots.AddRange(_planar
                    ? [new Slot(row, [column], plane)]
                    : Enumerable.Range(0, Samples).Select(component => new Slot(row, [column], component)));
            }
        }
    }

    private ulong Black(int component) => (Photometric, _signed) switch
    {
        ("MONOCHROME1", true) => (1UL << (_stored - 1)) - 1,
        ("MONOCHROME1", false) => (1UL << _stored) - 1,
        ("MONOCHROME2", true) => unchecked((ulong)-(1L << (_stored - 1))) & ((1UL << _bits) - 1),
        ("YBR_FULL" or "YBR_FULL_422", _) when component > 0 => 1UL << (_stored - 1),
        _ => 0,
    };

    private byte[] Encode(ulong[] values)
    {
        byte[] bytes = new byte[((values.Length * _bits) + 15) / 16 * 2];
        Span<byte> sample = stackalloc byte[8];
        for (int i = 0; i < values.Length; i++)
        {
            if (_bits == 1)
            {
                bytes[i / 8] |= (byte)(values[i] << (i % 8));
                continue;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(sample, values[i]);
            sample[..SampleBytes].CopyTo(bytes.AsSpan(i * SampleBytes));
        }

        return bytes;
    }

    private readonly record struct Slot(int Row, int[] Columns, int Component);
}
