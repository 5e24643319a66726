using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Tests.Pixels;

/// <summary>Encodes frames as PS3.5 Annex G has them: runs and literals in turn.</summary>
internal static class RleSample
{
    public static IEnumerable<ReadOnlyMemory<byte>> Frames(RandomPixels pixels, DicomDataSet image)
    {
        bool planar = image.GetInt32(DicomTags.PlanarConfiguration) == 1;
        int frameBytes = pixels.Rows * pixels.Columns * pixels.Samples * pixels.SampleBytes;
        byte[] all = pixels.Encode();
        for (int frame = 0; frame < pixels.Frames; frame++)
        {
            byte[] native = all[(frame * frameBytes)..((frame + 1) * frameBytes)];
            List<byte[]> segments = [];
            for (int sample = 0; sample < pixels.Samples; sample++)
            {
                for (int rank = pixels.SampleBytes - 1; rank >= 0; rank--)
                {
                    segments.Add(Pack([.. Enumerable.Range(0, pixels.Rows * pixels.Columns).Select(pixel => native[
                        ((planar ? (sample * pixels.Rows * pixels.Columns) + pixel : (pixel * pixels.Samples) + sample)
                            * pixels.SampleBytes) + rank])]));
                }
            }

            yield return Join(segments);
        }
    }

    private static byte[] Join(List<byte[]> segments)
    {
        byte[] header = new byte[64];
        BitConverter.GetBytes(segments.Count).CopyTo(header, 0);
        int offset = header.Length;
        for (int i = 0; i < segments.Count; i++)
        {
            BitConverter.GetBytes(offset).CopyTo(header, 4 + (4 * i));
            offset += segments[i].Length;
        }

        return [.. header, .. segments.SelectMany(bytes => bytes)];
    }

    private static byte[] Pack(byte[] bytes)
    {
        List<byte> packed = [128];
        for (int at = 0; at < bytes.Length;)
        {
            int run = bytes.Skip(at).TakeWhile(value => value == bytes[at]).Take(128).Count();
            if (run > 1)
            {
                packed.AddRange([(byte)(257 - run), bytes[at]]);
                at += run;
                continue;
            }

            int literal = Math.Min(at % 5 == 0 ? 128 : 3, bytes.Length - at);
            packed.Add((byte)(literal - 1));
            packed.AddRange(bytes.AsSpan(at, literal));
            at += literal;
        }

        return [.. packed, .. new byte[packed.Count & 1]];
    }
}
