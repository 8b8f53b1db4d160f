import { useParams } from "@solidjs/router";

export default function Light() {
  const params = useParams();
  return <p>{`The light ${params.name} is lit`}</p>;
}
