package io.millrace.inference.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.function.PhaseFailure;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadedTest {
    private static final String LOSSLESS =
            "UklGRj4AAABXRUJQVlA4TDIAAAAvn8AdEBcwIAKBJJT9KUYTCCSh7U8xyvwH7A4IJG1e8iWfdAHGiej/BAwt+pv4alA3AQ==";
    private static final String LOSSY =
            "UklGRh4BAABXRUJQVlA4WAoAAAAQAAAAnwAAdwAAQUxQSBkAAAABDzD/ERHCQNo28W96HrYfIvo/AXmDAWgTAFZQOC"
                    + "DeAAAA0AwAnQEqoAB4AD5tNpdIJCMiISU8STCADYllbuFwgP6YH9A/CvaweLfi7+EsuAfird/92gf1UA/7lUFR1Qy5"
                    + "fivftjfRJPUFvCySRGEBqZsZDP6cfJZYYJqv0Q9xr7nL76czQwXBDvoulP8kM+4AAP78hAxuXEm5mT5eYF5N/3usP1"
                    + "ZVhWH4ib/jGuxDtEDl9BrJeV03YUXiXOSwAZUGcs9bYbtIFHktDHkh9juGGUIa8whH8TIumya/0MbcbGxpWf6GNuJI"
                    + "wZFFPADxOSeL/17H+E03+vHAd3rAAAAA";

    /** Where the red corner of a picture that is wide and red at the upper left stands after each orientation. */
    @ParameterizedTest
    @CsvSource({
        "1,0,0,80,60",
        "2,1,0,80,60",
        "3,1,1,80,60",
        "4,0,1,80,60",
        "5,0,0,60,80",
        "6,1,0,60,80",
        "7,1,1,60,80",
        "8,0,1,60,80"
    })
    void aPictureStandsAsTheCameraWasHeld(int orientation, int right, int low, int width, int height) throws Exception {
        BufferedImage upright = Uploaded.decode("image", withOrientation(orientation));

        assertThat(new int[] {upright.getWidth(), upright.getHeight()}).containsExactly(width, height);
        Color corner = new Color(upright.getRGB(right * (width - 8) + 4, low * (height - 8) + 4));
        assertThat(corner.getRed()).isGreaterThan(180);
        assertThat(corner.getBlue()).isLessThan(90);
    }

    /** 160 x 120, red at the upper left, blue beside it, nothing at the lower left; made with cwebp. */
    @ParameterizedTest
    @ValueSource(strings = {LOSSLESS, LOSSY})
    void webpIsReadWithWhatShinesThrough(String base64) throws Exception {
        BufferedImage picture = Uploaded.decode("logo", Base64.getDecoder().decode(base64));

        assertThat(new int[] {picture.getWidth(), picture.getHeight()}).containsExactly(160, 120);
        assertThat(new Color(picture.getRGB(10, 10)).getRed()).isGreaterThan(180);
        assertThat(new Color(picture.getRGB(150, 60)).getBlue()).isGreaterThan(180);
        assertThat(picture.getRGB(10, 110) >>> 24).isLessThan(20);
    }

    @Test
    void whatIsNoPictureOrTooLargeOrTooSmallIsRefusedByName() {
        assertThatThrownBy(() -> Uploaded.decode("image", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(PhaseFailure.class)
                .hasMessageStartingWith("image is no picture");
        byte[] small = Files.png(new BufferedImage(20, 400, BufferedImage.TYPE_INT_RGB));
        assertThatThrownBy(() -> Uploaded.decode("image", small)).hasMessageContaining("is 20 x 400 pixels");
        byte[] cut = Arrays.copyOf(Files.png(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB)), 120);
        assertThatThrownBy(() -> Uploaded.decode("image", cut)).hasMessageContaining("image");
    }

    @Test
    void aSizeThatLiesIsNotUnpacked() {
        byte[] huge = Files.png(new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY));
        // Width and height in the header, at 16 and 20.
        huge[17] = 0;
        huge[18] = 0x75;
        huge[22] = 0x75;

        assertThatThrownBy(() -> Uploaded.decode("image", huge)).isInstanceOf(PhaseFailure.class);
    }

    private static byte[] withOrientation(int orientation) {
        BufferedImage picture = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 80 * 60; i++) {
            picture.setRGB(i % 80, i / 80, i % 80 < 40 && i / 80 < 30 ? 0xE02020 : 0x2020E0);
        }
        byte[] jpeg = Files.file(picture, "jpeg");
        byte[] exif = HexFormat.of()
                .parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001"
                        + "%04x0000".formatted(orientation) + "00000000");
        ByteArrayOutputStream with = new ByteArrayOutputStream();
        with.write(jpeg, 0, 2);
        with.writeBytes(exif);
        with.write(jpeg, 2, jpeg.length - 2);
        return with.toByteArray();
    }
}
